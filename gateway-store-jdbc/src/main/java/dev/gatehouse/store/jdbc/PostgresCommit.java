package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands a commit's rows to PostgreSQL in the one call of a function: one round trip, one
 * transaction, and one statement to prepare, however many rows there are. The order of texts and
 * numbers is that of the function.
 */
final class PostgresCommit {
  private static final String CALL = "SELECT gatehouse_commit(?, ?, ?)";

  private final List<@Nullable String> texts = new ArrayList<>();
  private final List<@Nullable Long> numbers = new ArrayList<>();

  private PostgresCommit() {}

  static void write(Session db, Rows rows) throws SQLException {
    db.exists(CALL, values(db.connection(), rows));
  }

  static @Nullable Object[] values(Connection connection, Rows rows) throws SQLException {
    PostgresCommit call = new PostgresCommit();
    call.records(rows);
    call.others(rows);
    call.events(rows);
    return new Object[] {
      connection.createArrayOf("int4", counts(rows)),
      connection.createArrayOf("text", call.texts.toArray(new String[0])),
      connection.createArrayOf("int8", call.numbers.toArray(new Long[0]))
    };
  }

  private static Integer[] counts(Rows rows) {
    return new Integer[] {
      rows.guards().size(),
      rows.checkouts().size(),
      rows.memberships().size(),
      rows.payments().size(),
      rows.providerIds().size(),
      rows.customers().size(),
      rows.inbox().size(),
      rows.subjects().size(),
      rows.events().size(),
      rows.deliveries().size()
    };
  }

  private void records(Rows rows) {
    for (Rows.Guard guard : rows.guards()) {
      texts(guard.kind().table, guard.id());
      numbers(guard.version());
    }
    for (Rows.OfCheckout row : rows.checkouts()) {
      texts(row.id(), row.customer(), row.command(), row.membership(), row.payload());
      numbers(row.version(), row.wakeAt());
    }
    for (Rows.OfMembership row : rows.memberships()) {
      texts(row.id(), row.customer(), row.payload());
      numbers(row.version());
    }
    for (Rows.OfPayment row : rows.payments()) {
      texts(row.id(), row.gateway(), row.checkout(), row.amount(), row.payload());
      numbers(row.version(), flag(row.foreign()), row.wakeAt(), row.createdAt(), row.concerns());
    }
  }

  private void others(Rows rows) {
    for (Rows.OfProviderId row : rows.providerIds()) {
      texts(row.gateway(), row.kind(), row.id(), row.payment().id());
      numbers(flag(row.payment().foreign()), flag(row.payment().isTakenIn()));
    }
    for (Rows.OfCustomer row : rows.customers()) {
      texts(row.id(), row.email(), row.payload());
      numbers(row.version());
    }
    for (Rows.OfInbox row : rows.inbox()) {
      texts(row.gateway(), row.notice(), row.payload());
      numbers(row.version(), row.wakeAt());
    }
  }

  private void events(Rows rows) {
    for (Rows.OfSubject row : rows.subjects()) {
      texts(row.subject());
      numbers(row.events());
    }
    for (Rows.OfEvent row : rows.events()) {
      texts(row.id(), row.type(), row.payload());
      numbers(row.subject() + 1L, row.place(), row.at()); // arrays there begin at 1
    }
    for (Rows.OfDelivery row : rows.deliveries()) {
      texts(row.hook());
      numbers((long) row.event());
    }
  }

  private void texts(@Nullable String... values) {
    for (String value : values) {
      texts.add(value);
    }
  }

  private void numbers(@Nullable Long... values) {
    for (Long value : values) {
      numbers.add(value);
    }
  }

  private static long flag(boolean value) {
    return value ? 1 : 0;
  }
}
