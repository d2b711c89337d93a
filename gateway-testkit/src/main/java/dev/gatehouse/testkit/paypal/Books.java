package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Dispute;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import dev.gatehouse.testkit.paypal.VaultEntries.SetUp;
import dev.gatehouse.testkit.paypal.VaultEntries.Vaulted;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that PayPal remembers, the one lock around it, and its time. Whoever comes in through
 * {@link #locked} first lets run out what has run out: time passes only when somebody looks.
 */
final class Books {
  private static final String LETTERS = "0123456789ABCDEFGHJKLMNPRSTUVWXY";
  private static final int ID_LENGTH = 17;

  private final Clock clock;
  private final PayPalOptions options;
  private final List<PayPalApp> apps;
  private final Notices notices;
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<String, Dispute> disputes = new LinkedHashMap<>();
  private final Map<String, SetUp> setUps = new LinkedHashMap<>();
  private final Map<String, Vaulted> vaulted = new LinkedHashMap<>();
  private long numbers;
  private Instant time;

  Books(Clock clock, PayPalOptions options, List<PayPalApp> apps) {
    this.clock = clock;
    this.options = options;
    this.apps = List.copyOf(apps);
    this.notices = new Notices(this);
    this.time = seconds(clock);
  }

  /** PayPal dates its records to the second. */
  private static Instant seconds(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  synchronized <T> T locked(Supplier<T> work) {
    Instant now = seconds(clock);
    // PayPal's time never runs backwards, whatever its clock does.
    time = now.isAfter(time) ? now : time;
    runOut();
    return work.get();
  }

  /** A hold that runs out is voided, as if somebody had done it. */
  private void runOut() {
    for (Order order : orders.values()) {
      order
          .holds()
          .filter(hold -> hold.isAlive() && !time.isBefore(hold.expiresAt))
          .forEach(hold -> release(hold, hold.expiresAt));
    }
  }

  void release(Hold hold, Instant at) {
    hold.status = "VOIDED";
    hold.updatedAt = at;
    notices.of("PAYMENT.AUTHORIZATION.VOIDED", hold);
  }

  Instant now() {
    return time;
  }

  PayPalOptions options() {
    return options;
  }

  List<PayPalApp> apps() {
    return apps;
  }

  Notices notices() {
    return notices;
  }

  /** An id that looks like PayPal's; the same for the same number. */
  String nextId() {
    SplittableRandom random = new SplittableRandom(++numbers);
    StringBuilder id = new StringBuilder();
    while (id.length() < ID_LENGTH - 1) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    // At least one letter, so that none is a card number.
    return id.append(LETTERS.charAt(10 + random.nextInt(LETTERS.length() - 10))).toString();
  }

  void add(Order order) {
    orders.put(order.id, order);
  }

  void add(Dispute dispute) {
    disputes.put(dispute.id, dispute);
  }

  void add(SetUp setUp) {
    setUps.put(setUp.id, setUp);
  }

  void add(Vaulted kept) {
    vaulted.put(kept.id, kept);
  }

  Stream<SetUp> setUps() {
    return setUps.values().stream();
  }

  Stream<Vaulted> vaulted() {
    return vaulted.values().stream();
  }

  /** A setup token, which is gone when its time has run out. */
  SetUp setUp(PayPalApp app, String id) {
    return found(setUps().filter(s -> s.id.equals(id) && s.app.equals(app) && !isGone(s)));
  }

  boolean isGone(SetUp setUp) {
    return !time.isBefore(setUp.createdAt.plus(options.setUpLife()));
  }

  /** A payment token that is not removed. */
  Vaulted vaulted(PayPalApp app, String id) {
    return found(vaulted().filter(v -> v.id.equals(id) && v.app.equals(app) && !v.removed));
  }

  Stream<Order> orders() {
    return orders.values().stream();
  }

  Stream<Dispute> disputes() {
    return disputes.values().stream();
  }

  /** An order that has run out is gone, unless something came of it. */
  boolean isGone(Order order) {
    if (order.is("COMPLETED") || order.is("VOIDED")) {
      return false;
    }
    Instant until =
        order.approvedAt == null
            ? order.createdAt.plus(options.unapprovedLife())
            : order.approvedAt.plus(options.approvedLife());
    return !time.isBefore(until);
  }

  Order order(PayPalApp app, String id) {
    Order order = orders.get(id);
    if (order == null || !order.app.equals(app) || isGone(order)) {
      throw Issue.notFound();
    }
    return order;
  }

  /** Even one that has run out. */
  Order anyOrder(String id) {
    return found(orders().filter(order -> order.id.equals(id)));
  }

  Hold hold(String id) {
    return found(orders().flatMap(Order::holds).filter(hold -> hold.id.equals(id)));
  }

  Capture capture(String id) {
    return found(orders().flatMap(Order::captures).filter(capture -> capture.id.equals(id)));
  }

  Refund refund(String id) {
    return found(orders().flatMap(Order::refunds).filter(refund -> refund.id.equals(id)));
  }

  Dispute dispute(String id) {
    return found(disputes().filter(dispute -> dispute.id.equals(id)));
  }

  /** Everything of another merchant does not exist. */
  static void demandOwn(PayPalApp app, Order order) {
    if (!order.app.equals(app)) {
      throw Issue.notFound();
    }
  }

  /** Every capture and hold of a merchant that was paid under an invoice id. */
  boolean isPaid(Order asking, String invoiceId) {
    return orders()
        .filter(order -> order.app.equals(asking.app) && order != asking)
        .flatMap(order -> order.units.stream())
        .anyMatch(
            unit ->
                invoiceId.equals(unit.invoiceId)
                    && (unit.captures.stream().anyMatch(capture -> !capture.isOff())
                        || !unit.holds.isEmpty()));
  }

  private static <T> T found(Stream<T> all) {
    return all.findFirst().orElseThrow(Issue::notFound);
  }
}
