package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.StaleVersionException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a commit's rows to SQLite, within a transaction. What PostgreSQL's function does there.
 */
final class SqliteCommit {
  /** Version 0: it was not there, and must not be. */
  private static final String UNCHANGED = " WHERE id = ? AND ? IN (version, 0)";

  private SqliteCommit() {}

  static void write(Session db, Rows rows) throws SQLException {
    guard(db, rows.guards());
    checkouts(db, rows.checkouts());
    memberships(db, rows.memberships());
    payments(db, rows.payments());
    providerIds(db, rows.providerIds());
    customers(db, rows.customers());
    inbox(db, rows.inbox());
    events(db, rows);
  }

  private static void guard(Session db, List<Rows.Guard> guards) throws SQLException {
    for (Rows.Guard guard : guards) {
      String sql = "SELECT 1 FROM gatehouse_" + guard.kind().table + UNCHANGED;
      if (db.exists(sql, guard.id(), guard.version()) == (guard.version() == 0)) {
        throw new StaleVersionException(guard.id());
      }
    }
  }

  private static void checkouts(Session db, List<Rows.OfCheckout> rows) throws SQLException {
    for (Rows.OfCheckout row : rows) {
      int kept =
          row.version() == 0
              ? db.update(
                  "INSERT INTO gatehouse_checkout"
                      + " (id, version, customer, command, membership, wake_at, payload)"
                      + " VALUES (?, 1, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  row.id(),
                  row.customer(),
                  row.command(),
                  row.membership(),
                  row.wakeAt(),
                  row.payload())
              : db.update(
                  "UPDATE OR IGNORE gatehouse_checkout SET version = version + 1, customer = ?,"
                      + " command = ?, membership = ?, wake_at = ?, payload = ?"
                      + " WHERE id = ? AND version = ?",
                  row.customer(),
                  row.command(),
                  row.membership(),
                  row.wakeAt(),
                  row.payload(),
                  row.id(),
                  row.version());
      demand(kept, row.id());
    }
  }

  private static void memberships(Session db, List<Rows.OfMembership> rows) throws SQLException {
    for (Rows.OfMembership row : rows) {
      int kept =
          row.version() == 0
              ? db.update(
                  "INSERT INTO gatehouse_membership (id, version, customer, payload)"
                      + " VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING",
                  row.id(),
                  row.customer(),
                  row.payload())
              : db.update(
                  "UPDATE gatehouse_membership SET version = version + 1, customer = ?,"
                      + " payload = ? WHERE id = ? AND version = ?",
                  row.customer(),
                  row.payload(),
                  row.id(),
                  row.version());
      demand(kept, row.id());
    }
  }

  private static void payments(Session db, List<Rows.OfPayment> rows) throws SQLException {
    for (Rows.OfPayment row : rows) {
      int kept =
          row.version() == 0
              ? db.update(
                  "INSERT INTO gatehouse_payment"
                      + " (id, version, gateway, checkout, is_foreign, wake_at, created_at, amount,"
                      + " concerns, payload)"
                      + " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  row.id(),
                  row.gateway(),
                  row.checkout(),
                  row.foreign(),
                  row.wakeAt(),
                  row.createdAt(),
                  row.amount(),
                  row.concerns(),
                  row.payload())
              : db.update(
                  "UPDATE gatehouse_payment SET version = version + 1, gateway = ?,"
                      + " checkout = ?, is_foreign = ?, wake_at = ?, created_at = ?, amount = ?,"
                      + " concerns = ?, payload = ? WHERE id = ? AND version = ?",
                  row.gateway(),
                  row.checkout(),
                  row.foreign(),
                  row.wakeAt(),
                  row.createdAt(),
                  row.amount(),
                  row.concerns(),
                  row.payload(),
                  row.id(),
                  row.version());
      demand(kept, row.id());
    }
  }

  /** The first payment that has an id keeps it, but one that we started takes it from others. */
  private static void providerIds(Session db, List<Rows.OfProviderId> rows) throws SQLException {
    for (Rows.OfProviderId row : rows) {
      int kept =
          db.update(
              "INSERT INTO gatehouse_provider_id (gateway, kind, id, payment, is_foreign)"
                  + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (gateway, kind, id) DO UPDATE"
                  + " SET payment = excluded.payment, is_foreign = excluded.is_foreign"
                  + " WHERE is_foreign AND NOT excluded.is_foreign",
              row.gateway(),
              row.kind(),
              row.id(),
              row.payment(),
              row.foreign());
      if (row.isNew()) {
        demand(kept, row.payment());
      }
    }
  }

  private static void customers(Session db, List<Rows.OfCustomer> rows) throws SQLException {
    for (Rows.OfCustomer row : rows) {
      int kept =
          row.version() == 0
              ? db.update(
                  "INSERT INTO gatehouse_customer (id, version, email, payload)"
                      + " VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING",
                  row.id(),
                  row.email(),
                  row.payload())
              : db.update(
                  "UPDATE gatehouse_customer SET version = version + 1, email = ?, payload = ?"
                      + " WHERE id = ? AND version = ?",
                  row.email(),
                  row.payload(),
                  row.id(),
                  row.version());
      demand(kept, row.id());
    }
  }

  private static void inbox(Session db, List<Rows.OfInbox> rows) throws SQLException {
    for (Rows.OfInbox row : rows) {
      int kept =
          row.version() == 0
              ? db.update(
                  "INSERT INTO gatehouse_inbox"
                      + " (gateway, notice, version, received_at, wake_at, payload)"
                      + " VALUES (?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING",
                  row.gateway(),
                  row.notice(),
                  row.receivedAt(),
                  row.wakeAt(),
                  row.payload())
              : db.update(
                  "UPDATE gatehouse_inbox SET version = version + 1, wake_at = ?, payload = ?"
                      + " WHERE gateway = ? AND notice = ? AND version = ?",
                  row.wakeAt(),
                  row.payload(),
                  row.gateway(),
                  row.notice(),
                  row.version());
      demand(kept, row.notice());
    }
  }

  private static void events(Session db, Rows rows) throws SQLException {
    List<Long> bases = new ArrayList<>();
    for (Rows.OfSubject subject : rows.subjects()) {
      long last =
          db.first(
                  "INSERT INTO gatehouse_subject (subject, last) VALUES (?, ?)"
                      + " ON CONFLICT (subject) DO UPDATE SET last = last + excluded.last"
                      + " RETURNING last",
                  row -> row.getLong(1),
                  subject.subject(),
                  subject.events())
              .orElseThrow();
      bases.add(last - subject.events());
    }
    for (Rows.OfEvent event : rows.events()) {
      int kept =
          db.update(
              "INSERT INTO gatehouse_event (id, subject, sequence, at, type, payload)"
                  + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
              event.id(),
              rows.subjects().get(event.subject()).subject(),
              bases.get(event.subject()) + event.place(),
              event.at(),
              event.type(),
              event.payload());
      demand(kept, event.id());
    }
    for (Rows.OfDelivery delivery : rows.deliveries()) {
      Rows.OfEvent event = rows.events().get(delivery.event());
      String subject = rows.subjects().get(event.subject()).subject();
      deliver(db, delivery.hook(), event, subject, bases.get(event.subject()) + event.place());
    }
  }

  private static void deliver(
      Session db, String hook, Rows.OfEvent event, String subject, long sequence)
      throws SQLException {
    db.update(
        "INSERT INTO gatehouse_delivery"
            + " (hook, event, subject, sequence, at, version, attempts, next_at, head)"
            + " VALUES (?1, ?2, ?3, ?4, ?5, gatehouse_next_version(), 0, ?5, NOT EXISTS"
            + " (SELECT 1 FROM gatehouse_delivery WHERE hook = ?1 AND subject = ?3))",
        hook,
        event.id(),
        subject,
        sequence,
        event.at());
  }

  private static void demand(int kept, String record) {
    if (kept == 0) {
      throw new StaleVersionException(record);
    }
  }
}
