package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.reference.TestToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One customer's visit to the site: what the customer, the shop, the provider and the bank do. Each
 * is told in the {@link Story}. Not thread-safe.
 */
final class Visit {
  /** The key of the one checkout that a customer has here. */
  static final String KEY = "signup";

  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private final Site site;
  private final Signup signup;
  private final Story story;

  /** Whether a process that died has begun it: then the same commands are given again. */
  private final boolean isRepeated;

  private @Nullable CheckoutId checkout;
  private int commands;
  private int turns;

  Visit(Site site, Signup signup) {
    this.site = site;
    this.signup = signup;
    this.story = new Story(site, signup.customer());
    this.isRepeated = !site.course().told(signup.customer()).isEmpty();
    if (isRepeated) {
      checkout = site.checkoutOf(signup.customer()).orElse(null);
    }
  }

  /** What was told up to now. */
  Story story() {
    return story;
  }

  /** What is to be paid. */
  Money price() {
    return signup.plan().price();
  }

  /** Whether a checkout was started. */
  boolean hasCheckout() {
    return checkout != null;
  }

  /** The checkout as it stands. */
  CheckoutView checkout() {
    return shop().checkout(checkoutId());
  }

  void tell(String what) {
    story.tell(what);
  }

  void startCheckout() {
    start(StartCheckout.forPlan(signup.customer(), KEY, signup.plan()));
  }

  void startCheckout(Duration lifetime) {
    StartCheckout plain = StartCheckout.forPlan(signup.customer(), KEY, signup.plan());
    start(
        new StartCheckout(
            plain.customer(),
            plain.key(),
            plain.plan(),
            plain.lines(),
            plain.discount(),
            Optional.of(lifetime)));
  }

  private void start(StartCheckout command) {
    if (isRepeated) {
      site.recover(signup.customer());
      tell("(the process died here; it was started again, and gives the same commands again)");
    }
    tell("signs up for " + Columns.isolated(signup.plan().name()) + ", " + signup.plan().price());
    shop().register(signup.registration());
    story.customerIsKnown();
    checkout = shop().startCheckout(command.in(SiteHooks.visit(signup.customer()))).id();
    story.catchUp();
  }

  void payByCard(TestToken token) {
    payByCard(token.value());
  }

  void payByCard(String token) {
    aMomentPasses();
    tell("pays by card (" + card(token).token() + ")");
    pay(sale(card(token)));
  }

  void holdOnCard(TestToken token) {
    aMomentPasses();
    tell("pays by card; the shop holds the money (" + card(token.value()).token() + ")");
    pay(sale(card(token.value())).holdOnly());
  }

  void payByTransfer() {
    aMomentPasses();
    tell("pays by bank transfer");
    pay(sale(new PaymentMethod.OfType("bank_transfer")));
  }

  private PaymentMethod.Token card(String token) {
    return site.method(signup.gateway(), token);
  }

  private Pay sale(PaymentMethod method) {
    return Pay.sale(checkoutId(), key("pay"), signup.gateway(), method)
        .returningTo(site.returnUrl(checkoutId()));
  }

  private void pay(Pay command) {
    shop().pay(command);
    story.catchUp();
  }

  void completeFree() {
    aMomentPasses();
    tell("there is nothing to pay");
    shop().completeFree(checkoutId());
    story.catchUp();
  }

  /** The page to which the customer is sent; none if the customer has decided there before. */
  Optional<URI> page() {
    Optional<CustomerAction> action =
        checkout().payments().stream().flatMap(payment -> payment.action().stream()).findFirst();
    if (action.isEmpty() && isRepeated) {
      return Optional.empty();
    }
    if (action.orElseThrow(() -> surprise("no action is asked"))
        instanceof CustomerAction.Redirect redirect) {
      tell("is sent to the provider's page");
      return Optional.of(redirect.url());
    }
    throw surprise("the action is not a redirect");
  }

  /** The customer decides on the provider's page, and is sent back to the shop. */
  void decideAt(Optional<URI> page, String decision) {
    aMomentPasses();
    if (page.isPresent()) {
      tell("decides on the provider's page: " + decision);
      site.browser().decide(page.get(), decision);
      story.catchUp();
    }
  }

  void loseNextAnswer() {
    tell("(the network will lose the provider's next answer)");
    site.network().loseNextAnswer();
  }

  void providerSettles() {
    aMomentPasses();
    tell("the provider decides");
    site.world().settle(charge().id());
  }

  void consoleRefund() {
    tell("somebody refunds at the provider's console");
    if (charge().refunds().isEmpty()) {
      site.world().refund(charge().captures().get(0).id(), price());
    }
  }

  void webhooksArrive() {
    tell("the provider's webhooks arrive");
    site.courier().deliver();
    story.catchUp();
  }

  void webhooksArriveDoubledAndReversed() {
    tell("the provider's webhooks arrive, the last first, each twice");
    site.courier().deliverDoubledAndReversed();
    story.catchUp();
  }

  void capture(Money amount, boolean isFinal) {
    aMomentPasses();
    tell("the shop takes " + amount + (isFinal ? ", the last part" : ""));
    shop().capture(new Capture(payment(), key("capture"), amount, isFinal));
    story.catchUp();
  }

  void release() {
    aMomentPasses();
    tell("the customer thinks better of it; the shop releases the money");
    shop().voidPayment(new VoidPayment(payment(), key("void")));
    story.catchUp();
  }

  void cancelCheckout() {
    tell("the shop calls the checkout off");
    shop().cancelCheckout(checkoutId());
    story.catchUp();
  }

  void refund(Money amount, String reason) {
    aMomentPasses();
    tell("the shop refunds " + amount + " (" + reason + ")");
    shop().refund(new Refund(payment(), key("refund"), amount, Optional.of(reason)));
    story.catchUp();
  }

  void cancelMembership(String reason) {
    tell("leaves (" + reason + ")");
    MembershipId membership =
        checkout().membership().orElseThrow(() -> surprise("there is no membership")).id();
    shop().cancelMembership(new CancelMembership(membership, reason));
    story.catchUp();
  }

  /** The money is on the shop's account; the operator, who sees it there, says so. */
  void transferArrives() {
    PaymentId payment = payment();
    if (site.bank().received(payment, price().getCurrencyUnit()).isZero()) {
      site.world().transfer(payment, price());
    }
    tell("an operator finds " + price() + " on the account, and approves");
    shop()
        .operations()
        .report(
            new ReportMoney(
                payment,
                OperatorReport.Finding.MONEY_ARRIVED,
                site.bank().received(payment, price().getCurrencyUnit()),
                Optional.empty(),
                "operator@shop.example",
                "seen on the statement of the day"));
    story.catchUp();
  }

  void timePasses(Duration time) {
    tell("time passes: " + time.toString().substring(2).toLowerCase(Locale.ROOT));
    pass(time);
  }

  private void aMomentPasses() {
    pass(A_MOMENT);
  }

  /** Whoever goes on with a visit waits no longer than was said at first. */
  private void pass(Duration time) {
    turns++;
    Instant wanted = site.clock().instant().plus(time);
    site.timePassesTo(site.course().until(signup.customer(), turns, wanted));
    story.catchUp();
  }

  private Gatehouse shop() {
    return site.gatehouse();
  }

  private CheckoutId checkoutId() {
    if (checkout == null) {
      throw surprise("no checkout was started");
    }
    return checkout;
  }

  private PaymentId payment() {
    return checkout()
        .lastPayment()
        .map(Payment::id)
        .orElseThrow(() -> surprise("there is no payment"));
  }

  private Ledger.Charge charge() {
    return site.provider().ledger().chargesOf(payment().value()).stream()
        .findFirst()
        .orElseThrow(() -> surprise("the provider has no charge"));
  }

  private String key(String command) {
    commands++;
    return command + "-" + commands;
  }

  private static Surprise surprise(String what) {
    return new Surprise(what);
  }
}
