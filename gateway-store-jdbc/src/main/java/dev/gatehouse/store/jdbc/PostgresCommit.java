package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.jdbc.Rows.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a commit's rows to PostgreSQL in one statement of just the parts that it needs: one round
 * trip, and one transaction without saying so. Commits of one form have one text, which the server
 * plans a few times and then remembers.
 *
 * <p>Each part says in the end whether it found what it rests on; the first that did not is raised
 * as stale, and nothing is kept. The database runs a part when it is first looked at, and they are
 * looked at in order: records in that of their rows (the checkout first), so that two commits on
 * one case meet at the same row; then subjects, which give the places of events; then the rest.
 */
final class PostgresCommit {
  /** Raised by our function; the message is the number of the part. */
  private static final String STALE = "GH001";

  private final StringBuilder parts = new StringBuilder();
  private final StringBuilder checks = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();
  private final List<String> records = new ArrayList<>();
  private final Map<String, String> added = new HashMap<>();

  private PostgresCommit(Rows rows) {
    each(rows, Kind.CHECKOUT, rows.checkouts(), Rows.OfCheckout::id, this::checkout);
    each(rows, Kind.MEMBERSHIP, rows.memberships(), Rows.OfMembership::id, this::membership);
    each(rows, Kind.PAYMENT, rows.payments(), Rows.OfPayment::id, this::payment);
    rows.providerIds().forEach(this::providerId);
    rows.customers().forEach(this::customer);
    rows.inbox().forEach(this::inbox);
    if (!rows.events().isEmpty()) {
      int subjects = records.size();
      rows.subjects().forEach(this::subject);
      events(rows, subjects);
      deliveries(rows, subjects);
    }
  }

  static void write(Session db, Rows rows) throws SQLException {
    PostgresCommit commit = new PostgresCommit(rows);
    try {
      db.exists(commit.sql(), commit.values.toArray());
    } catch (SQLException e) {
      switch (Failures.state(e)) {
        case STALE -> throw commit.stale(Integer.parseInt(Failures.message(e)));
        case Failures.NOT_UNIQUE -> throw commit.isKnown(Failures.table(e));
        default -> throw e;
      }
    }
  }

  private StaleVersionException stale(int part) {
    return new StaleVersionException(records.get(part));
  }

  /** Of those that the commit adds to a table, the first is named. */
  private StaleVersionException isKnown(String table) {
    return new StaleVersionException(added.getOrDefault(table, "commit"));
  }

  /** The comment tells whoever looks at the server what it is at. */
  private String sql() {
    return "/* gatehouse_commit */ WITH " + parts + " SELECT CASE" + checks + " END";
  }

  /**
   * The records of a kind by their ids, whether they are changed or only have to be as they were.
   */
  private <R> void each(
      Rows rows, Kind kind, List<R> changed, Function<R, String> id, Consumer<R> change) {
    Map<String, Runnable> inOrder = new TreeMap<>();
    for (R row : changed) {
      inOrder.put(id.apply(row), () -> change.accept(row));
    }
    for (Rows.Guard guard : rows.guards()) {
      if (guard.kind() == kind) {
        inOrder.put(guard.id(), () -> guard(guard));
      }
    }
    inOrder.values().forEach(Runnable::run);
  }

  private void guard(Rows.Guard guard) {
    String sql = "SELECT 1 FROM gatehouse_" + guard.kind().table + " WHERE id = ?";
    if (guard.version() == 0) {
      part(guard.id(), sql, "EXISTS", guard.id());
    } else {
      changing(guard.id(), sql + " AND version = ? FOR UPDATE", guard.id(), guard.version());
    }
  }

  private void checkout(Rows.OfCheckout row) {
    if (row.version() == 0) {
      adding(
          row.id(),
          "checkout",
          "(id, version, customer, command, membership, wake_at, payload)"
              + " VALUES (?, 1, ?, ?, ?, ?, ?)",
          row.id(),
          row.customer(),
          row.command(),
          row.membership(),
          row.wakeAt(),
          row.payload());
    } else {
      changing(
          row.id(),
          "UPDATE gatehouse_checkout SET version = version + 1, customer = ?, command = ?,"
              + " membership = ?, wake_at = ?, payload = ? WHERE id = ? AND version = ?"
              + " RETURNING 1",
          row.customer(),
          row.command(),
          row.membership(),
          row.wakeAt(),
          row.payload(),
          row.id(),
          row.version());
    }
  }

  private void membership(Rows.OfMembership row) {
    if (row.version() == 0) {
      adding(
          row.id(),
          "membership",
          "(id, version, customer, payload) VALUES (?, 1, ?, ?)",
          row.id(),
          row.customer(),
          row.payload());
    } else {
      changing(
          row.id(),
          "UPDATE gatehouse_membership SET version = version + 1, customer = ?, payload = ?"
              + " WHERE id = ? AND version = ? RETURNING 1",
          row.customer(),
          row.payload(),
          row.id(),
          row.version());
    }
  }

  private void payment(Rows.OfPayment row) {
    if (row.version() == 0) {
      adding(
          row.id(),
          "payment",
          "(id, version, gateway, checkout, is_foreign, wake_at, created_at, amount,"
              + " concerns, payload) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.id(),
          row.gateway(),
          row.checkout(),
          row.foreign(),
          row.wakeAt(),
          row.createdAt(),
          row.amount(),
          row.concerns(),
          row.payload());
    } else {
      changing(
          row.id(),
          "UPDATE gatehouse_payment SET version = version + 1, gateway = ?, checkout = ?,"
              + " is_foreign = ?, wake_at = ?, created_at = ?, amount = ?, concerns = ?,"
              + " payload = ? WHERE id = ? AND version = ? RETURNING 1",
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
    }
  }

  /**
   * The first payment that has an id keeps it, but one that we started takes it from others. An id
   * that is known already is not even tried, since to try is to write.
   */
  private void providerId(Rows.OfProviderId row) {
    String payment = row.payment();
    String columns = "(gateway, kind, id, payment, is_foreign)";
    if (row.isNew()) {
      adding(
          payment,
          "provider_id",
          columns + " VALUES (?, ?, ?, ?, " + row.foreign() + ")",
          row.gateway(),
          row.kind(),
          row.id(),
          payment);
    } else {
      part(
          payment,
          "INSERT INTO gatehouse_provider_id AS r "
              + columns
              + " SELECT ?, ?, ?, ?, "
              + row.foreign()
              + " WHERE NOT EXISTS (SELECT 1 FROM gatehouse_provider_id k WHERE k.gateway = ?"
              + " AND k.kind = ? AND k.id = ?"
              + (row.foreign() ? ")" : " AND NOT k.is_foreign)")
              + " ON CONFLICT (gateway, kind, id) DO UPDATE"
              + " SET payment = excluded.payment, is_foreign = false"
              + " WHERE r.is_foreign AND NOT excluded.is_foreign RETURNING 1",
          "0 =", // is never stale
          row.gateway(),
          row.kind(),
          row.id(),
          payment,
          row.gateway(),
          row.kind(),
          row.id());
    }
  }

  private void customer(Rows.OfCustomer row) {
    if (row.version() == 0) {
      adding(
          row.id(),
          "customer",
          "(id, version, email, payload) VALUES (?, 1, ?, ?)",
          row.id(),
          row.email(),
          row.payload());
    } else {
      changing(
          row.id(),
          "UPDATE gatehouse_customer SET version = version + 1, email = ?, payload = ?"
              + " WHERE id = ? AND version = ? RETURNING 1",
          row.email(),
          row.payload(),
          row.id(),
          row.version());
    }
  }

  private void inbox(Rows.OfInbox row) {
    if (row.version() == 0) {
      adding(
          row.notice(),
          "inbox",
          "(gateway, notice, version, received_at, wake_at, payload)"
              + " VALUES (?, ?, 1, ?, ?, ?)",
          row.gateway(),
          row.notice(),
          row.receivedAt(),
          row.wakeAt(),
          row.payload());
    } else {
      changing(
          row.notice(),
          "UPDATE gatehouse_inbox SET version = version + 1, wake_at = ?, payload = ?"
              + " WHERE gateway = ? AND notice = ? AND version = ? RETURNING 1",
          row.wakeAt(),
          row.payload(),
          row.gateway(),
          row.notice(),
          row.version());
    }
  }

  private void subject(Rows.OfSubject row) {
    part(
        row.subject(),
        "INSERT INTO gatehouse_subject AS r (subject, last) VALUES (?, ?)"
            + " ON CONFLICT (subject) DO UPDATE SET last = r.last + excluded.last RETURNING last",
        "NOT EXISTS",
        row.subject(),
        row.events());
  }

  private void events(Rows rows, int subjects) {
    List<String> lines = new ArrayList<>();
    List<@Nullable Object> all = new ArrayList<>();
    for (Rows.OfEvent event : rows.events()) {
      lines.add("(?, ?, " + last(subjects, event) + " + ?, ?, ?, ?)");
      Rows.OfSubject subject = rows.subjects().get(event.subject());
      Collections.addAll(all, event.id(), subject.subject(), event.place() - subject.events());
      Collections.addAll(all, event.at(), event.type(), event.payload());
    }
    adding(
        rows.events().get(0).id(),
        "event",
        "(id, subject, sequence, at, type, payload) VALUES " + String.join(", ", lines),
        all.toArray());
  }

  /** Of those to one hook about one subject, only the first can be the head. */
  private void deliveries(Rows rows, int subjects) {
    List<String> lines = new ArrayList<>();
    List<@Nullable Object> all = new ArrayList<>();
    Set<String> heads = new HashSet<>();
    for (Rows.OfDelivery delivery : rows.deliveries()) {
      Rows.OfEvent event = rows.events().get(delivery.event());
      Rows.OfSubject subject = rows.subjects().get(event.subject());
      String last = last(subjects, event);
      String common =
          "(?, ?, ?, " + last + " + ?, ?, nextval('gatehouse_delivery_version'), 0, ?, ";
      Collections.addAll(all, delivery.hook(), event.id(), subject.subject());
      Collections.addAll(all, event.place() - subject.events(), event.at(), event.at());
      if (heads.add(event.subject() + " " + delivery.hook())) {
        lines.add(common + "gatehouse_is_head(?, ?, " + last + "))");
        Collections.addAll(all, delivery.hook(), subject.subject());
      } else {
        lines.add(common + "false)");
      }
    }
    if (!lines.isEmpty()) {
      adding(
          rows.deliveries().get(0).hook(),
          "delivery",
          "(hook, event, subject, sequence, at, version, attempts, next_at, head) VALUES "
              + String.join(", ", lines),
          all.toArray());
    }
  }

  /** The place of the last event of its subject, after this commit. */
  private static String last(int subjects, Rows.OfEvent event) {
    return "(SELECT last FROM p" + (subjects + event.subject()) + ")";
  }

  private void adding(String record, String table, String row, @Nullable Object... all) {
    added.putIfAbsent("gatehouse_" + table, record);
    part(record, "INSERT INTO gatehouse_" + table + " " + row + " RETURNING 1", "NOT EXISTS", all);
  }

  private void changing(String record, String sql, @Nullable Object... all) {
    part(record, sql, "NOT EXISTS", all);
  }

  /** One more part, which is stale if this holds for its rows. */
  private void part(String record, String sql, String stale, @Nullable Object... all) {
    int number = records.size();
    parts.append(number == 0 ? "p" : ", p").append(number).append(" AS (").append(sql).append(")");
    checks.append(" WHEN ").append(stale).append(" (SELECT 1 FROM p").append(number);
    checks.append(") THEN gatehouse_stale(").append(number).append(")");
    Collections.addAll(values, all);
    records.add(record);
  }
}
