package dev.gatehouse.store.jdbc;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How what is over leaves the tables. Nothing here reads more than it returns, however much waits
 * for a hook and however much was taken out before.
 */
final class Retention {
  /** How many events leave in one transaction: nobody waits for it long. */
  private static final int FEW = 50;

  static final String OLD =
      "SELECT id, at, payload FROM gatehouse_event WHERE payload IS NOT NULL"
          + " AND (at, id) > (?, ?) AND at < ? ORDER BY at, id LIMIT ?";

  /** Each hook for which anything waits: the first in the key, and then the next one after it. */
  static final String HOOKS =
      "WITH RECURSIVE h(hook) AS (SELECT min(hook) FROM gatehouse_delivery UNION ALL"
          + " SELECT (SELECT min(d.hook) FROM gatehouse_delivery d WHERE d.hook > h.hook) FROM h"
          + " WHERE h.hook IS NOT NULL) SELECT hook FROM h WHERE hook IS NOT NULL";

  /** One by one: a plan for all at once may read everything that waits for the hook. */
  static final String WAITING =
      "SELECT e.id FROM gatehouse_event e WHERE (SELECT d.event FROM gatehouse_delivery d"
          + " WHERE d.hook = ? AND d.event = e.id) IS NOT NULL AND e.id IN "
          + few();

  static final String SUBJECTS = "SELECT id, subject FROM gatehouse_event WHERE id IN " + few();

  private static final String HOLD =
      "SELECT subject FROM gatehouse_subject WHERE subject IN " + few();

  static final String TAKE_OUT =
      "UPDATE gatehouse_event SET payload = NULL WHERE payload IS NOT NULL AND id IN " + few();

  private record Old(String id, long at, String payload) {}

  private record Placed(String id, String subject) {}

  private Retention() {}

  private static String few() {
    return "(" + "?, ".repeat(FEW - 1) + "?)";
  }

  static int forgetNotices(Session db, Instant before, int limit) throws SQLException {
    return db.update(
        "DELETE FROM gatehouse_inbox WHERE (gateway, notice) IN (SELECT gateway, notice"
            + " FROM gatehouse_inbox WHERE received_at < ? AND wake_at IS NULL"
            + " ORDER BY received_at LIMIT ?) AND wake_at IS NULL",
        Nanos.of(before),
        limit);
  }

  static List<LifecycleEvent> archivable(
      Session db, Instant before, Optional<LifecycleEvent> after, int limit) throws SQLException {
    List<String> hooks = hooks(db);
    List<LifecycleEvent> found = new ArrayList<>();
    long at = after.map(event -> Nanos.of(event.header().at())).orElse(Long.MIN_VALUE);
    String id = after.map(event -> event.header().id()).orElse("");
    while (true) {
      List<Old> some =
          db.query(
              OLD,
              row -> new Old(row.getString(1), row.getLong(2), row.getString(3)),
              at,
              id,
              Nanos.of(before),
              FEW);
      Set<String> waiting = waiting(db, hooks, some.stream().map(Old::id).toList());
      for (Old old : some) {
        if (!waiting.contains(old.id)) {
          found.add(RecordJson.read(Json.EVENT, old.payload));
        }
        if (found.size() == limit) {
          return found;
        }
      }
      if (some.size() < FEW) {
        return found;
      }
      at = some.get(FEW - 1).at;
      id = some.get(FEW - 1).id;
    }
  }

  /** The events, a few at a time, those of a subject together as far as they go. */
  static List<List<String>> bySubject(Session db, List<String> ids) throws SQLException {
    List<Placed> placed = new ArrayList<>();
    for (List<String> some : inFew(ids)) {
      placed.addAll(placed(db, some));
    }
    placed.sort(Comparator.comparing(Placed::subject).thenComparing(Placed::id));
    return inFew(placed.stream().map(Placed::id).toList());
  }

  /**
   * Whoever offers an event again holds its subject, as a commit does. Whose subject somebody else
   * holds stays where it is, so that neither waits for the other.
   */
  static int takeOut(Session db, List<String> ids, String locking) throws SQLException {
    List<Placed> placed = placed(db, ids);
    List<String> subjects = placed.stream().map(Placed::subject).distinct().toList();
    Set<String> held =
        new HashSet<>(
            db.query(
                locking.isEmpty() ? HOLD : HOLD + locking + " SKIP LOCKED",
                row -> row.getString(1),
                padded(subjects)));
    List<String> ours =
        placed.stream().filter(p -> held.contains(p.subject)).map(Placed::id).toList();
    // Asked only now: a hook for which nothing waited before may wait for what was offered again.
    Set<String> waiting = waiting(db, hooks(db), ours);
    List<String> over = ours.stream().filter(id -> !waiting.contains(id)).toList();
    return over.isEmpty() ? 0 : db.update(TAKE_OUT, padded(over));
  }

  private static List<String> hooks(Session db) throws SQLException {
    return db.query(HOOKS, row -> row.getString(1));
  }

  private static List<Placed> placed(Session db, List<String> ids) throws SQLException {
    return db.query(SUBJECTS, row -> new Placed(row.getString(1), row.getString(2)), padded(ids));
  }

  /** Which of a few events wait for any of the hooks. */
  private static Set<String> waiting(Session db, List<String> hooks, List<String> ids)
      throws SQLException {
    Set<String> waiting = new HashSet<>();
    if (!ids.isEmpty()) {
      for (String hook : hooks) {
        List<Object> values = new ArrayList<>();
        values.add(hook);
        values.addAll(List.of(padded(ids)));
        waiting.addAll(db.query(WAITING, row -> row.getString(1), values.toArray()));
      }
    }
    return waiting;
  }

  private static List<List<String>> inFew(List<String> all) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += FEW) {
      parts.add(all.subList(from, Math.min(from + FEW, all.size())));
    }
    return parts;
  }

  /** The last one again and again, so that one statement does for any number. */
  private static Object[] padded(List<String> few) {
    Object[] values = new Object[FEW];
    for (int i = 0; i < FEW; i++) {
      values[i] = few.get(Math.min(i, few.size() - 1));
    }
    return values;
  }
}
