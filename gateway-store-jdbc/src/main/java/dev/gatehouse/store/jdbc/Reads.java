package dev.gatehouse.store.jdbc;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.json.Json;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Case;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Due;
import dev.gatehouse.store.InboxItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is read, each with one statement and so at one moment. */
final class Reads {
  /** A record's row in a case. */
  private record Part(String kind, String payload, long version) {}

  private static final String OF_CHECKOUT =
      """
      SELECT 'checkout' AS kind, c.payload, c.version FROM gatehouse_checkout c WHERE c.id = ?
      UNION ALL
      SELECT 'payment', p.payload, p.version FROM gatehouse_payment p WHERE p.checkout = ?
      UNION ALL
      SELECT 'membership', m.payload, m.version FROM gatehouse_checkout c
        JOIN gatehouse_membership m ON m.id = c.membership WHERE c.id = ?
      """;

  private static final String OF_PAYMENT =
      """
      SELECT 'itself' AS kind, p.payload, p.version FROM gatehouse_payment p WHERE p.id = ?
        AND NOT EXISTS (SELECT 1 FROM gatehouse_checkout c WHERE c.id = p.checkout)
      UNION ALL
      SELECT 'checkout', c.payload, c.version FROM gatehouse_payment i
        JOIN gatehouse_checkout c ON c.id = i.checkout WHERE i.id = ?
      UNION ALL
      SELECT 'payment', p.payload, p.version FROM gatehouse_payment i
        JOIN gatehouse_payment p ON p.checkout = i.checkout WHERE i.id = ?
      UNION ALL
      SELECT 'membership', m.payload, m.version FROM gatehouse_payment i
        JOIN gatehouse_checkout c ON c.id = i.checkout
        JOIN gatehouse_membership m ON m.id = c.membership WHERE i.id = ?
      """;

  static final String MEMBERSHIPS =
      "SELECT payload, version FROM gatehouse_membership WHERE customer = ? ORDER BY id";

  static final String DUE = due("");

  /** What SQLite has to leave out comes as one array of JSON. */
  static final String DUE_EXCEPT = due(" AND gateway NOT IN (SELECT value FROM json_each(?))");

  private static String due(String condition) {
    return """
      SELECT kind, a, b, wake_at, name FROM (
        SELECT * FROM (
          SELECT 'payment' AS kind, id AS a, '' AS b, wake_at, id AS name
          FROM gatehouse_payment WHERE wake_at <= ?%1$s ORDER BY wake_at, id LIMIT ?) p
        UNION ALL
        SELECT * FROM (
          SELECT 'checkout' AS kind, id AS a, '' AS b, wake_at, id AS name
          FROM gatehouse_checkout WHERE wake_at <= ? ORDER BY wake_at, id LIMIT ?) c
        UNION ALL
        SELECT * FROM (
          SELECT 'inbox' AS kind, gateway AS a, notice AS b, wake_at,
            gateway || '/' || notice AS name
          FROM gatehouse_inbox WHERE wake_at <= ?%1$s ORDER BY wake_at, gateway, notice LIMIT ?) i
      ) due ORDER BY wake_at, name LIMIT ?
      """
        .formatted(condition);
  }

  private Reads() {}

  static Optional<Customer> customer(Session db, CustomerId id) throws SQLException {
    return db.first(
        "SELECT payload, version FROM gatehouse_customer WHERE id = ?",
        row -> RecordJson.read(Json.CUSTOMER, row.getString(1)).atVersion(row.getLong(2)),
        id.value());
  }

  static Optional<Checkout> checkout(Session db, CheckoutId id) throws SQLException {
    return db.first(
        "SELECT payload, version FROM gatehouse_checkout WHERE id = ?",
        row -> RecordJson.read(Json.CHECKOUT, row.getString(1)).atVersion(row.getLong(2)),
        id.value());
  }

  static Optional<Checkout> checkout(Session db, CustomerId customer, String command)
      throws SQLException {
    return db.first(
        "SELECT payload, version FROM gatehouse_checkout WHERE customer = ? AND command = ?",
        row -> RecordJson.read(Json.CHECKOUT, row.getString(1)).atVersion(row.getLong(2)),
        customer.value(),
        command);
  }

  static Optional<Payment> payment(Session db, PaymentId id) throws SQLException {
    return db.first(
        "SELECT payload, version FROM gatehouse_payment WHERE id = ?",
        row -> RecordJson.read(Json.PAYMENT, row.getString(1)).atVersion(row.getLong(2)),
        id.value());
  }

  static Optional<PaymentId> payment(Session db, GatewayInstanceId gateway, ProviderId id)
      throws SQLException {
    return db.first(
        "SELECT payment FROM gatehouse_provider_id WHERE gateway = ? AND kind = ? AND id = ?",
        row -> new PaymentId(row.getString(1)),
        gateway.value(),
        id.kind(),
        id.id());
  }

  static Optional<Membership> membership(Session db, MembershipId id) throws SQLException {
    return db.first(
        "SELECT payload, version FROM gatehouse_membership WHERE id = ?",
        Reads::membership,
        id.value());
  }

  static List<Membership> memberships(Session db, CustomerId customer) throws SQLException {
    return db.query(MEMBERSHIPS, Reads::membership, customer.value());
  }

  private static Membership membership(ResultSet row) throws SQLException {
    return RecordJson.read(Json.MEMBERSHIP, row.getString(1)).atVersion(row.getLong(2));
  }

  static Optional<InboxItem> inboxItem(Session db, GatewayInstanceId gateway, String notice)
      throws SQLException {
    return db.first(
        "SELECT payload, version FROM gatehouse_inbox WHERE gateway = ? AND notice = ?",
        row -> RecordJson.read(Json.INBOX_ITEM, row.getString(1)).atVersion(row.getLong(2)),
        gateway.value(),
        notice);
  }

  static Optional<Cursor> cursor(Session db, GatewayInstanceId gateway) throws SQLException {
    return db.first(
        "SELECT version, up_to, next_at FROM gatehouse_cursor WHERE gateway = ?",
        row ->
            new Cursor(
                gateway,
                row.getLong(1),
                Instant.parse(row.getString(2)),
                Instant.parse(row.getString(3))),
        gateway.value());
  }

  static Optional<Case> caseOf(Session db, CheckoutId id) throws SQLException {
    String key = id.value();
    return caseOf(db.query(OF_CHECKOUT, Reads::part, key, key, key));
  }

  /** A payment whose checkout is not there is a case of its own. */
  static Optional<Case> caseOf(Session db, PaymentId id) throws SQLException {
    String key = id.value();
    List<Part> parts = db.query(OF_PAYMENT, Reads::part, key, key, key, key);
    return caseOf(parts)
        .or(
            () ->
                payments(parts, "itself").stream()
                    .findFirst()
                    .map(alone -> new Case(Optional.empty(), List.of(alone), Optional.empty())));
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(row.getString(1), row.getString(2), row.getLong(3));
  }

  private static Optional<Case> caseOf(List<Part> parts) {
    Optional<Checkout> checkout =
        first(parts, "checkout")
            .map(part -> RecordJson.read(Json.CHECKOUT, part.payload).atVersion(part.version));
    Optional<Membership> membership =
        first(parts, "membership")
            .map(part -> RecordJson.read(Json.MEMBERSHIP, part.payload).atVersion(part.version));
    List<Payment> payments = payments(parts, "payment");
    return checkout.map(c -> new Case(checkout, inOrder(c, payments), membership));
  }

  private static Optional<Part> first(List<Part> parts, String kind) {
    return parts.stream().filter(part -> part.kind.equals(kind)).findFirst();
  }

  private static List<Payment> payments(List<Part> parts, String kind) {
    return parts.stream()
        .filter(part -> part.kind.equals(kind))
        .map(part -> RecordJson.read(Json.PAYMENT, part.payload).atVersion(part.version))
        .toList();
  }

  private static List<Payment> inOrder(Checkout checkout, List<Payment> payments) {
    return checkout.payments().stream()
        .flatMap(id -> payments.stream().filter(payment -> Objects.equals(payment.id(), id)))
        .toList();
  }

  static List<Due> due(Session db, Instant now, int limit) throws SQLException {
    Long at = Nanos.of(now);
    return db.query(DUE, Reads::due, at, limit, at, limit, at, limit, limit);
  }

  static List<Due> due(Session db, Set<GatewayInstanceId> except, Instant now, int limit)
      throws SQLException {
    Long at = Nanos.of(now);
    // Ids hold nothing that JSON would have to escape.
    String ids =
        except.stream()
            .map(id -> '"' + id.value() + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return db.query(DUE_EXCEPT, Reads::due, at, ids, limit, at, limit, at, ids, limit, limit);
  }

  static Due due(ResultSet row) throws SQLException {
    return switch (row.getString(1)) {
      case "payment" -> new Due.OfPayment(new PaymentId(row.getString(2)));
      case "checkout" -> new Due.OfCheckout(new CheckoutId(row.getString(2)));
      default -> new Due.OfInbox(new GatewayInstanceId(row.getString(2)), row.getString(3));
    };
  }

  static List<LifecycleEvent> timeline(Session db, String subject) throws SQLException {
    return db.query(
        "SELECT payload FROM gatehouse_event WHERE subject = ? AND payload IS NOT NULL"
            + " ORDER BY sequence",
        row -> RecordJson.read(Json.EVENT, row.getString(1)),
        subject);
  }
}
