package dev.gatehouse.store.jdbc;

import dev.gatehouse.json.Json;
import dev.gatehouse.store.Backlog;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.StaleVersionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The statements about deliveries that both databases understand. Each subject's oldest delivery
 * for a hook is marked as its head, so that what is due is found by an index, however much waits
 * behind it. Whoever changes which one is the head holds the subject, as a commit does.
 */
final class Deliveries {
  /** How many subjects are held in one transaction, whose customers wait for its end. */
  private static final int HELD_AT_ONCE = 50;

  private static final String COLUMNS =
      "d.hook, d.sequence, d.version, d.attempts, d.next_at, d.failing_since, d.parked, d.error,"
          + " d.unanswered, e.payload FROM gatehouse_delivery d JOIN gatehouse_event e ON e.id = d.event ";

  static final String DUE =
      "SELECT "
          + COLUMNS
          + "WHERE d.hook = ? AND d.head AND d.parked IS NULL AND d.next_at <= ?"
          + " ORDER BY d.next_at, d.event LIMIT ?";

  static final String PARKED =
      "SELECT "
          + COLUMNS
          + "WHERE d.parked IS NOT NULL AND (d.hook, d.event) > (?, ?)"
          + " ORDER BY d.hook, d.event LIMIT ?";

  static final String WAITING =
      "SELECT " + COLUMNS + "WHERE d.hook = ? AND d.event > ? ORDER BY d.event LIMIT ?";

  static final String BACKLOGS =
      "SELECT hook, count(*), count(parked), min(at) FROM gatehouse_delivery"
          + " GROUP BY hook ORDER BY hook";

  private static final String HEAD =
      "(SELECT min(w.sequence) FROM gatehouse_delivery w WHERE w.hook = ? AND w.subject = ?)";

  private Deliveries() {}

  static List<Delivery> due(Session db, String hook, Instant now, int limit) throws SQLException {
    return db.query(DUE, Deliveries::delivery, hook, Nanos.of(now), limit);
  }

  static List<Delivery> parked(Session db, Optional<Delivery.Key> after, int limit)
      throws SQLException {
    return db.query(
        PARKED,
        Deliveries::delivery,
        after.map(Delivery.Key::hook).orElse(""),
        after.map(Delivery.Key::event).orElse(""),
        limit);
  }

  static List<Delivery> waiting(Session db, String hook, Optional<String> after, int limit)
      throws SQLException {
    return db.query(WAITING, Deliveries::delivery, hook, after.orElse(""), limit);
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    long failingSince = row.getLong(6);
    Optional<Instant> since =
        row.wasNull() ? Optional.empty() : Optional.of(Nanos.of(failingSince));
    return new Delivery(
        row.getString(1),
        RecordJson.read(Json.EVENT, row.getString(10)),
        row.getLong(2),
        row.getLong(3),
        row.getInt(4),
        Nanos.of(row.getLong(5)),
        since,
        Optional.ofNullable(row.getString(7)),
        Optional.ofNullable(row.getString(8)),
        row.getInt(9));
  }

  static void update(Session db, Delivery changed) throws SQLException {
    String sql =
        "UPDATE gatehouse_delivery SET version = gatehouse_next_version(), attempts = ?,"
            + " next_at = ?, failing_since = ?, parked = ?, error = ?, unanswered = ?"
            + " WHERE hook = ? AND event = ? AND version = ?";
    int rows =
        db.update(
            sql,
            changed.attempts(),
            Nanos.of(changed.nextAt()),
            Nanos.orNull(changed.failingSince().orElse(null)),
            changed.parked().orElse(null),
            changed.error().orElse(null),
            changed.unanswered(),
            changed.hook(),
            idOf(changed),
            changed.version());
    if (rows == 0) {
      throw new StaleVersionException(idOf(changed));
    }
  }

  static String idOf(Delivery delivery) {
    return delivery.event().header().id();
  }

  static String subjectOf(Delivery delivery) {
    return delivery.event().header().subject();
  }

  static List<Backlog> backlogs(Session db) throws SQLException {
    return db.query(
        BACKLOGS,
        row ->
            new Backlog(row.getString(1), row.getInt(2), row.getInt(3), Nanos.of(row.getLong(4))));
  }

  /**
   * What was dropped of some subjects.
   *
   * @param last the last of these subjects; empty if there was none
   */
  record Dropped(int deliveries, Optional<String> last) {}

  /**
   * Drops what waits of the subjects that come next, which are held meanwhile. A commit that adds
   * to a subject sees either all of the hook's deliveries of it, or none.
   */
  static Dropped drop(Session db, String hook, String after, String locking) throws SQLException {
    List<String> subjects =
        db.query(
            "SELECT DISTINCT subject FROM gatehouse_delivery WHERE hook = ? AND subject > ?"
                + " ORDER BY subject LIMIT ?",
            row -> row.getString(1),
            hook,
            after,
            HELD_AT_ONCE);
    int dropped = 0;
    for (String subject : subjects) {
      lock(db, subject, locking);
      dropped +=
          db.update("DELETE FROM gatehouse_delivery WHERE hook = ? AND subject = ?", hook, subject);
    }
    Optional<String> last =
        subjects.isEmpty() ? Optional.empty() : Optional.of(subjects.get(subjects.size() - 1));
    return new Dropped(dropped, last);
  }

  /** Takes the place of what waits of it, or comes back. */
  static boolean replay(Session db, String hook, String event, Instant now, String locking)
      throws SQLException {
    Optional<String> subject =
        db.first(
            "SELECT subject FROM gatehouse_event WHERE id = ? AND payload IS NOT NULL",
            row -> row.getString(1),
            event);
    if (subject.isEmpty()) {
      return false;
    }
    lock(db, subject.get(), locking);
    db.update("DELETE FROM gatehouse_delivery WHERE hook = ? AND event = ?", hook, event);
    db.update(
        "INSERT INTO gatehouse_delivery"
            + " (hook, event, subject, sequence, at, version, attempts, next_at, head)"
            + " SELECT ?, id, subject, sequence, at, gatehouse_next_version(), 0, ?, ?"
            + " FROM gatehouse_event WHERE id = ?",
        hook,
        Nanos.of(now),
        false,
        event);
    markHead(db, hook, subject.get());
    return true;
  }

  static void markHead(Session db, String hook, String subject) throws SQLException {
    String mark = "UPDATE gatehouse_delivery SET head = ? WHERE hook = ? AND subject = ? AND ";
    db.update(mark + "head AND sequence > " + HEAD, false, hook, subject, hook, subject);
    db.update(mark + "NOT head AND sequence = " + HEAD, true, hook, subject, hook, subject);
  }

  static void lock(Session db, String subject, String locking) throws SQLException {
    db.exists("SELECT 1 FROM gatehouse_subject WHERE subject = ?" + locking, subject);
  }
}
