package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.json.Json;
import dev.gatehouse.payment.Concern;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the store writes for a commit, as plain statements with their values, made before
 * the clock runs: whoever sends these does the least that can be done. Nothing is looked up and
 * nothing is checked, so places and versions are counted here. Not thread-safe.
 */
final class BareRows {
  /** A statement with its values in order. */
  record Bare(String sql, List<@Nullable Object> values) {}

  private final Map<String, Long> places = new HashMap<>();
  private long version;

  List<Bare> of(Commit commit) {
    List<Bare> all = new ArrayList<>();
    commit.checkouts().forEach(checkout -> all.add(checkout(checkout)));
    commit.payments().forEach(payment -> all.add(payment(payment)));
    commit.payments().forEach(payment -> providerIds(all, payment));
    for (Customer c : commit.customers()) {
      all.add(
          insert(
              "customer (id, version, email, payload)",
              List.of(values(c.id().value(), 1L, email(c), text(Json.CUSTOMER, c.atVersion(1))))));
    }
    events(all, commit.events());
    return all;
  }

  private static Bare checkout(Checkout c) {
    String payload = text(Json.CHECKOUT, c.atVersion(c.version() + 1));
    Long wakeAt = c.wakeAt().map(BareRows::nanos).orElse(null);
    String id = c.id().value();
    String customer = c.customer().value();
    String command = c.command();
    if (c.version() == 0) {
      return insert(
          "checkout (id, version, customer, command, wake_at, payload)",
          List.of(values(id, 1L, customer, command, wakeAt, payload)));
    }
    return new Bare(
        "UPDATE gatehouse_checkout SET version = ?, customer = ?, command = ?, wake_at = ?,"
            + " payload = ? WHERE id = ? AND version = ?",
        values(c.version() + 1, customer, command, wakeAt, payload, id, c.version()));
  }

  private static Bare payment(Payment p) {
    String payload = text(Json.PAYMENT, p.atVersion(p.version() + 1));
    Long wakeAt = p.wakeAt().map(BareRows::nanos).orElse(null);
    long createdAt = nanos(p.createdAt());
    String amount = p.nominal().map(Money::toString).orElse(null);
    long flags = p.concerns().stream().mapToLong(Concern::flag).sum();
    Long concerns = flags == 0 ? null : flags;
    String id = p.id().value();
    String gateway = p.gateway().value();
    String checkout = p.checkout().orElseThrow().value();
    if (p.version() == 0) {
      return insert(
          "payment (id, version, gateway, checkout, is_foreign, wake_at, created_at, amount,"
              + " concerns, payload)",
          List.of(
              values(
                  id, 1L, gateway, checkout, false, wakeAt, createdAt, amount, concerns, payload)));
    }
    return new Bare(
        "UPDATE gatehouse_payment SET version = ?, gateway = ?, checkout = ?, is_foreign = ?,"
            + " wake_at = ?, created_at = ?, amount = ?, concerns = ?, payload = ?"
            + " WHERE id = ? AND version = ?",
        values(
            p.version() + 1,
            gateway,
            checkout,
            false,
            wakeAt,
            createdAt,
            amount,
            concerns,
            payload,
            id,
            p.version()));
  }

  private static void providerIds(List<Bare> all, Payment payment) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ProviderId id : payment.facts().providerIds()) {
      rows.add(values(payment.gateway().value(), id.kind(), id.id(), payment.id().value(), false));
    }
    if (!rows.isEmpty()) {
      all.add(insert("provider_id (gateway, kind, id, payment, is_foreign)", rows));
    }
  }

  private void events(List<Bare> all, List<Commit.NewEvent> events) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    List<List<@Nullable Object>> deliveries = new ArrayList<>();
    List<String> subjects = new ArrayList<>();
    for (Commit.NewEvent added : events) {
      LifecycleEvent event = added.event();
      String id = event.header().id();
      String subject = event.header().subject();
      long place = places.merge(subject, 1L, Long::sum);
      long at = nanos(event.header().at());
      rows.add(values(id, subject, place, at, event.type(), text(Json.EVENT, event)));
      for (String hook : added.hooks()) {
        deliveries.add(values(hook, id, subject, place, at, ++version, 0L, at, place == 1));
      }
      if (!subjects.contains(subject)) {
        subjects.add(subject);
      }
    }
    subjects.forEach(subject -> all.add(subject(subject)));
    if (!rows.isEmpty()) {
      all.add(insert("event (id, subject, sequence, at, type, payload)", rows));
      all.add(
          insert(
              "delivery (hook, event, subject, sequence, at, version, attempts, next_at, head)",
              deliveries));
    }
  }

  private Bare subject(String subject) {
    Bare insert = insert("subject (subject, last)", List.of(values(subject, places.get(subject))));
    return new Bare(
        insert.sql() + " ON CONFLICT (subject) DO UPDATE SET last = excluded.last",
        insert.values());
  }

  /** All rows in one statement. */
  private static Bare insert(String tableAndColumns, List<List<@Nullable Object>> rows) {
    String row = "(" + String.join(", ", Collections.nCopies(rows.get(0).size(), "?")) + ")";
    return new Bare(
        "INSERT INTO gatehouse_"
            + tableAndColumns
            + " VALUES "
            + String.join(", ", Collections.nCopies(rows.size(), row)),
        rows.stream().flatMap(List::stream).collect(ArrayList::new, List::add, List::addAll));
  }

  private static List<@Nullable Object> values(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static @Nullable String email(Customer c) {
    return c.person().map(person -> Person.comparable(person.email())).orElse(null);
  }

  private static <T> String text(Json<T> form, T value) {
    return new String(form.write(value), UTF_8);
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }
}
