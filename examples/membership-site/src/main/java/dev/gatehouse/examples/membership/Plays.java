package dev.gatehouse.examples.membership;

import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.money.Allocation;
import dev.gatehouse.testkit.reference.TestToken;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** How each scenario goes, told with the words of {@link Visit}. */
final class Plays {
  private Plays() {}

  static void approved(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.APPROVE);
  }

  static void declinedThenRetried(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.decline(DeclineCode.INSUFFICIENT_FUNDS));
    if (visit.checkout().decline().filter(Decline::isRetryable).isPresent()) {
      visit.tell("the shop offers another try; the customer takes it");
      visit.payByCard(TestToken.APPROVE);
    }
  }

  static void declinedForGood(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.decline(DeclineCode.STOLEN_CARD));
    if (visit.checkout().decline().filter(Decline::isRetryable).isEmpty()) {
      visit.tell("the decline is final; the shop offers no other try");
    }
  }

  static void customerAction(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.ACTION);
    visit.decideAt(visit.page(), "approve");
  }

  static void pendingThenWebhook(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.PENDING);
    visit.providerSettles();
    visit.webhooksArrive();
  }

  static void responseLost(Visit visit) {
    visit.startCheckout();
    visit.loseNextAnswer();
    visit.payByCard(TestToken.APPROVE);
    visit.tell("nobody knows whether money moved; the checkout is " + visit.checkout().state());
    visit.timePasses(Duration.ofSeconds(20));
  }

  static void webhooksDoubledAndReversed(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.PENDING);
    visit.providerSettles();
    visit.consoleRefund();
    visit.webhooksArriveDoubledAndReversed();
  }

  static void paidTwice(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.ACTION_AUTO);
    Optional<URI> page = visit.page();
    visit.tell("the customer opens a second window and pays there");
    visit.payByCard(TestToken.APPROVE);
    visit.tell("then goes back to the first window");
    visit.decideAt(page, "approve");
    visit.webhooksArrive();
  }

  static void refunded(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.APPROVE);
    List<Money> parts = halves(visit.price());
    visit.refund(parts.get(0), "a courtesy");
    visit.refund(parts.get(1), "the customer is not content");
  }

  static void capturedInParts(Visit visit) {
    visit.startCheckout();
    visit.holdOnCard(TestToken.APPROVE);
    List<Money> parts = halves(visit.price());
    visit.capture(parts.get(0), false);
    visit.capture(parts.get(1), true);
  }

  static void voided(Visit visit) {
    visit.startCheckout();
    visit.holdOnCard(TestToken.APPROVE);
    visit.release();
    visit.cancelCheckout();
  }

  static void membershipCancelled(Visit visit) {
    visit.startCheckout();
    visit.payByCard(TestToken.APPROVE);
    visit.timePasses(Duration.ofMinutes(5));
    visit.cancelMembership("moved to another city");
  }

  static void free(Visit visit) {
    visit.startCheckout();
    visit.completeFree();
  }

  static void bankTransfer(Visit visit) {
    visit.startCheckout();
    visit.payByTransfer();
    visit.checkout().action().ifPresent(action -> showInstructions(visit, action));
    visit.timePasses(Duration.ofMinutes(10));
    visit.transferArrives();
  }

  static void expiredThenPaid(Visit visit) {
    visit.startCheckout(Duration.ofMinutes(15));
    visit.payByCard(TestToken.ACTION_AUTO);
    Optional<URI> page = visit.page();
    visit.timePasses(Duration.ofMinutes(20));
    visit.tell("too late, the customer approves after all");
    visit.decideAt(page, "approve");
    visit.webhooksArrive();
  }

  private static void showInstructions(Visit visit, CustomerAction action) {
    if (action instanceof CustomerAction.Instructions instructions) {
      visit.tell("the shop shows: " + String.join(" / ", instructions.lines()));
    }
  }

  /** Two parts that are exactly the whole. */
  private static List<Money> halves(Money whole) {
    return Allocation.byWeights(whole, List.of(BigDecimal.ONE, BigDecimal.ONE));
  }
}
