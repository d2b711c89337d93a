package dev.gatehouse.store.jdbc;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** How what is over leaves the tables. */
final class Retention {
  /** Deliveries are found by hook and event, so each hook for which anything waits is asked. */
  private static final String WAITS =
      "EXISTS (SELECT 1 FROM (SELECT DISTINCT hook FROM gatehouse_delivery) h"
          + " JOIN gatehouse_delivery d ON d.hook = h.hook AND d.event = e.id)";

  private Retention() {}

  static int forgetNotices(Session db, Instant before, int limit) throws SQLException {
    return db.update(
        "DELETE FROM gatehouse_inbox WHERE (gateway, notice) IN (SELECT gateway, notice"
            + " FROM gatehouse_inbox WHERE received_at < ? AND wake_at IS NULL"
            + " ORDER BY received_at LIMIT ?) AND wake_at IS NULL",
        Nanos.of(before),
        limit);
  }

  static List<LifecycleEvent> archivable(Session db, Instant before, String after, int limit)
      throws SQLException {
    return db.query(
        "SELECT e.payload FROM gatehouse_event e WHERE e.id > ? AND e.at < ?"
            + " AND e.payload IS NOT NULL AND NOT "
            + WAITS
            + " ORDER BY e.id LIMIT ?",
        row -> RecordJson.read(Json.EVENT, row.getString(1)),
        after,
        Nanos.of(before),
        limit);
  }

  /** Whoever offers an event again holds its subject, too. */
  static int takeOut(Session db, List<String> ids, String locking) throws SQLException {
    String in = " IN (" + "?, ".repeat(ids.size() - 1) + "?)";
    Object[] values = ids.toArray();
    List<String> subjects =
        db.query(
            "SELECT DISTINCT subject FROM gatehouse_event WHERE id" + in + " ORDER BY subject",
            row -> row.getString(1),
            values);
    for (String subject : subjects) {
      Deliveries.lock(db, subject, locking);
    }
    return db.update(
        "UPDATE gatehouse_event AS e SET payload = NULL WHERE e.payload IS NOT NULL AND e.id"
            + in
            + " AND NOT "
            + WAITS,
        values);
  }
}
