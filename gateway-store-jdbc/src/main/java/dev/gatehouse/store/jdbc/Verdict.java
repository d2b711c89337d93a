package dev.gatehouse.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a commit was kept whose answer was lost: what is stored says so, or does not. */
enum Verdict {
  KEPT,
  NOT_KEPT,
  /** Somebody has changed on top of it, or of something else in its place. */
  CANNOT_TELL;

  /** What is stored now of a record. */
  private record Stored(long version, String payload) {}

  static Verdict of(Session db, Rows rows) throws SQLException {
    for (Rows.OfCheckout row : rows.checkouts()) {
      Verdict one = of(db, "gatehouse_checkout", row.id(), row.version(), row.payload());
      if (one != KEPT) {
        return one;
      }
    }
    for (Rows.OfPayment row : rows.payments()) {
      Verdict one = of(db, "gatehouse_payment", row.id(), row.version(), row.payload());
      if (one != KEPT) {
        return one;
      }
    }
    for (Rows.OfMembership row : rows.memberships()) {
      Verdict one = of(db, "gatehouse_membership", row.id(), row.version(), row.payload());
      if (one != KEPT) {
        return one;
      }
    }
    for (Rows.OfCustomer row : rows.customers()) {
      Verdict one = of(db, "gatehouse_customer", row.id(), row.version(), row.payload());
      if (one != KEPT) {
        return one;
      }
    }
    for (Rows.OfInbox row : rows.inbox()) {
      List<Stored> stored =
          db.query(
              "SELECT version, payload FROM gatehouse_inbox WHERE gateway = ? AND notice = ?",
              r -> new Stored(r.getLong(1), r.getString(2)),
              row.gateway(),
              row.notice());
      Verdict one = of(first(stored), row.version(), row.payload());
      if (one != KEPT) {
        return one;
      }
    }
    return ofEvents(db, rows.events());
  }

  private static Verdict ofEvents(Session db, List<Rows.OfEvent> events) throws SQLException {
    for (Rows.OfEvent event : events) {
      boolean there =
          db.exists(
              "SELECT 1 FROM gatehouse_event WHERE id = ? AND payload = ?",
              event.id(),
              event.payload());
      if (!there) {
        return NOT_KEPT;
      }
    }
    return KEPT;
  }

  private static Verdict of(Session db, String table, String id, long before, String payload)
      throws SQLException {
    List<Stored> stored =
        db.query(
            "SELECT version, payload FROM " + table + " WHERE id = ?",
            row -> new Stored(row.getLong(1), row.getString(2)),
            id);
    return of(first(stored), before, payload);
  }

  private static @Nullable Stored first(List<Stored> stored) {
    return stored.isEmpty() ? null : stored.get(0);
  }

  private static Verdict of(@Nullable Stored stored, long before, String payload) {
    if (stored == null || stored.version <= before) {
      return NOT_KEPT;
    }
    if (stored.version > before + 1) {
      return CANNOT_TELL;
    }
    return stored.payload.equals(payload) ? KEPT : NOT_KEPT;
  }
}
