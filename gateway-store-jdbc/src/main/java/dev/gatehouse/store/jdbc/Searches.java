package dev.gatehouse.store.jdbc;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.json.Json;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.PaymentSearch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people look for. Each search has an index of its own, or goes by those that are there: a
 * page costs what is on it, however many payments there are. Only what belongs to one customer, or
 * is known under one id, is sorted.
 */
final class Searches {
  static final String CUSTOMERS =
      "SELECT payload, version FROM gatehouse_customer WHERE email = ? AND id > ?"
          + " ORDER BY id LIMIT ?";

  private static final String PAYMENTS = "SELECT p.payload, p.version FROM gatehouse_payment p ";

  /** Behind the last one of the page before. */
  private static final String PAGE =
      " AND (p.created_at, p.id) < (?, ?) ORDER BY p.created_at DESC, p.id DESC LIMIT ?";

  static final String OF_CUSTOMER =
      PAYMENTS + "JOIN gatehouse_checkout c ON c.id = p.checkout WHERE c.customer = ?" + PAGE;

  static final String OF_REFERENCE =
      PAYMENTS
          + "WHERE p.id IN (SELECT q.id FROM gatehouse_payment q WHERE q.id = ?"
          + " UNION SELECT q.id FROM gatehouse_payment q WHERE q.checkout = ?"
          + " UNION SELECT i.payment FROM gatehouse_provider_id i WHERE i.id = ?"
          + " UNION SELECT q.id FROM gatehouse_checkout c"
          + " JOIN gatehouse_payment q ON q.checkout = c.id WHERE c.customer = ?)"
          + PAGE;

  static final String OF_AMOUNT =
      PAYMENTS + "WHERE p.amount = ? AND p.created_at >= ? AND p.created_at < ?" + PAGE;

  static final String OF_CONCERN =
      PAYMENTS + "WHERE p.concerns IS NOT NULL AND (p.concerns & ?) <> 0" + PAGE;

  private Searches() {}

  static List<Customer> customers(Session db, String email, Optional<CustomerId> after, int limit)
      throws SQLException {
    return db.query(
        CUSTOMERS,
        row -> RecordJson.read(Json.CUSTOMER, row.getString(1)).atVersion(row.getLong(2)),
        Person.comparable(email),
        after.map(CustomerId::value).orElse(""),
        limit);
  }

  static List<Payment> payments(
      Session db, PaymentSearch search, Optional<PaymentId> after, int limit) throws SQLException {
    long time = Long.MAX_VALUE;
    String id = "";
    if (after.isPresent()) {
      id = after.get().value();
      Optional<Long> known =
          db.first(
              "SELECT created_at FROM gatehouse_payment WHERE id = ?", row -> row.getLong(1), id);
      if (known.isEmpty()) {
        return List.of();
      }
      time = known.get();
    }
    List<@Nullable Object> values = new ArrayList<>(values(search));
    values.add(time);
    values.add(id);
    values.add(limit);
    return db.query(statement(search), Searches::payment, values.toArray());
  }

  private static String statement(PaymentSearch search) {
    if (search instanceof PaymentSearch.OfCustomer) {
      return OF_CUSTOMER;
    }
    if (search instanceof PaymentSearch.OfReference) {
      return OF_REFERENCE;
    }
    return search instanceof PaymentSearch.OfAmount ? OF_AMOUNT : OF_CONCERN;
  }

  private static List<Object> values(PaymentSearch search) {
    if (search instanceof PaymentSearch.OfCustomer of) {
      return List.of(of.customer().value());
    }
    if (search instanceof PaymentSearch.OfReference of) {
      String reference = of.reference();
      return List.of(reference, reference, reference, reference);
    }
    if (search instanceof PaymentSearch.OfAmount of) {
      return List.of(
          of.amount().toString(),
          of.from().map(Nanos::of).orElse(Long.MIN_VALUE),
          of.to().map(Nanos::of).orElse(Long.MAX_VALUE));
    }
    PaymentSearch.OfConcern of = (PaymentSearch.OfConcern) search;
    return List.of(of.any().stream().mapToLong(Concern::flag).sum());
  }

  private static Payment payment(ResultSet row) throws SQLException {
    return RecordJson.read(Json.PAYMENT, row.getString(1)).atVersion(row.getLong(2));
  }
}
