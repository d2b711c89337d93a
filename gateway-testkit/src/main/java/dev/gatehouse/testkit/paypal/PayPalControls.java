package dev.gatehouse.testkit.paypal;

import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.paypal.Entries.Capture;
import dev.gatehouse.testkit.paypal.Entries.Hold;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Refund;
import dev.gatehouse.testkit.paypal.VaultEntries.SetUp;
import dev.gatehouse.testkit.paypal.VaultEntries.Vaulted;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * What a test does as the payer, the bank, PayPal's reviewers or a person at PayPal's site. Every
 * change has its notice. An unknown id throws {@link NotFoundException}, what is not possible
 * {@link InvalidStateException}. Thread-safe.
 */
public final class PayPalControls {
  private final Books books;
  private final Orders orders;
  private final Moves moves;
  private final Disputes disputes;
  private final Tokens tokens;
  private final RequestIds keys;
  private final Vault vault;

  PayPalControls(
      Books books,
      Orders orders,
      Moves moves,
      Disputes disputes,
      Tokens tokens,
      RequestIds keys,
      Vault vault) {
    this.books = books;
    this.orders = orders;
    this.moves = moves;
    this.disputes = disputes;
    this.tokens = tokens;
    this.keys = keys;
    this.vault = vault;
  }

  /** The payer approves an order and pays from the balance. */
  public void approve(String orderId) {
    approve(orderId, Funding.BALANCE);
  }

  /**
   * The payer approves an order; once more after a declined instrument. That alone moves no money,
   * and whether the payer then comes back to the shop, PayPal does not know.
   */
  public void approve(String orderId, Funding funding) {
    change(
        () -> {
          Order order = open(orderId);
          order.status = "APPROVED";
          order.approvedAt = books.now();
          order.updatedAt = books.now();
          order.funding = funding;
          order.refusal = null;
          books.notices().of("CHECKOUT.ORDER.APPROVED", order);
          return order;
        });
  }

  /**
   * Orders that are made from now on show no {@code update_time} until they are completed: PayPal's
   * description does not demand it.
   */
  public void ordersShowNoUpdates() {
    change(
        () -> {
          orders.showNoUpdates();
          return true;
        });
  }

  /** The payer goes back to the shop without approving. PayPal keeps the order as it is. */
  public void cancel(String orderId) {
    change(() -> open(orderId));
  }

  private Order open(String orderId) {
    Order order = books.anyOrder(orderId);
    if (order.is("COMPLETED") || order.is("VOIDED") || books.isGone(order)) {
      throw notPossible("the order is completed or has run out");
    }
    return order;
  }

  /** The cheque is paid, or the review ends well. */
  public void clear(String captureId) {
    decide(captureId, "COMPLETED", "PAYMENT.CAPTURE.COMPLETED");
  }

  /** The cheque bounces, or the review ends badly. */
  public void deny(String captureId) {
    decide(captureId, "DECLINED", "PAYMENT.CAPTURE.DENIED");
  }

  private void decide(String captureId, String status, String notice) {
    change(
        () -> {
          Capture capture = books.capture(captureId);
          if (!capture.status.equals("PENDING") || capture.isDisputed()) {
            throw notPossible("the capture is not pending");
          }
          capture.status = status;
          capture.reason = null;
          capture.arrived = status.equals("COMPLETED");
          capture.updatedAt = books.now();
          books.notices().of(notice, capture);
          vault.keep(capture.order);
          return capture;
        });
  }

  /** The review of a hold ends. */
  public void reviewHold(String authorizationId, boolean good) {
    change(
        () -> {
          Hold hold = books.hold(authorizationId);
          if (!hold.status.equals("PENDING")) {
            throw notPossible("the authorisation is not pending");
          }
          hold.status = good ? "CREATED" : "DENIED";
          hold.reason = null;
          hold.updatedAt = books.now();
          books
              .notices()
              .of(good ? "PAYMENT.AUTHORIZATION.CREATED" : "PAYMENT.AUTHORIZATION.DENIED", hold);
          return hold;
        });
  }

  /** A hold ends before its time, as if it had been voided. */
  public void endHold(String authorizationId) {
    change(
        () -> {
          Hold hold = books.hold(authorizationId);
          if (!hold.isAlive()) {
            throw notPossible("the authorisation is over");
          }
          books.release(hold, books.now());
          return hold;
        });
  }

  /**
   * The merchant refunds at PayPal's site. Gives the refund's id.
   *
   * @throws InvalidStateException if so much is not there to refund
   */
  public String refundAtSite(String captureId, Money amount) {
    return change(
            () -> {
              Capture capture = books.capture(captureId);
              Amount wanted = Amount.of(amount);
              if (!capture.arrived || wanted.isMoreThan(capture.amount.minus(capture.refunded()))) {
                throw notPossible("so much is not there to refund");
              }
              return moves.refund(capture, wanted, null, null, null, null);
            })
        .id;
  }

  /** The next refund stays pending until {@link #settleRefund}. */
  public void nextRefundIsPending() {
    change(
        () -> {
          moves.nextRefundIsPending();
          return true;
        });
  }

  /** The merchant's account can't pay for the next refund: it is refused. */
  public void nextRefundIsShortOfFunds() {
    change(
        () -> {
          moves.nextRefundIsShort();
          return true;
        });
  }

  /** A pending refund arrives, or fails; one that arrived may come back. */
  public void settleRefund(String refundId, boolean good) {
    change(
        () -> {
          Refund refund = books.refund(refundId);
          refund.status = good ? "COMPLETED" : "FAILED";
          refund.updatedAt = books.now();
          moves.settled(refund.capture);
          if (good) {
            books.notices().of("PAYMENT.CAPTURE.REFUNDED", refund);
          } else {
            books.notices().of("PAYMENT.REFUND.FAILED", refund);
          }
          return refund;
        });
  }

  /** PayPal takes the rest of a capture back. Gives the id of the reversal. */
  public String reverse(String captureId) {
    return change(
            () -> {
              Capture capture = books.capture(captureId);
              if (!capture.arrived || !capture.amount.isMoreThan(capture.refunded())) {
                throw notPossible("nothing of the capture is left");
              }
              return moves.reverse(capture);
            })
        .id;
  }

  /** The payer complains to PayPal. Gives the dispute's id. */
  public String complain(String captureId) {
    return dispute(captureId, false);
  }

  /** The payer complains to the bank. Gives the dispute's id. */
  public String chargeBack(String captureId) {
    return dispute(captureId, true);
  }

  private String dispute(String captureId, boolean chargeback) {
    return change(
            () -> {
              Capture capture = books.capture(captureId);
              if (!capture.arrived || capture.isDisputed()) {
                throw notPossible("the capture has no money, or is disputed already");
              }
              return disputes.open(capture, chargeback);
            })
        .id;
  }

  /** A dispute is decided; if for the payer, the money goes back. */
  public void resolve(String disputeId, boolean forSeller) {
    change(
        () -> {
          disputes.resolve(books.dispute(disputeId), forSeller);
          return true;
        });
  }

  /** The payer agrees that the wallet is kept, and goes back to the shop, or not. */
  public void approveSetUp(String setupToken) {
    approveSetUp(setupToken, Funding.BALANCE);
  }

  /** The same, with a wallet that pays later on like this. */
  public void approveSetUp(String setupToken, Funding funding) {
    change(
        () -> {
          SetUp setUp = setUp(setupToken);
          if (!setUp.is("PAYER_ACTION_REQUIRED") || books.isGone(setUp)) {
            throw notPossible("the setup token was approved before, or has run out");
          }
          setUp.status = "APPROVED";
          setUp.funding = funding;
          return setUp;
        });
  }

  private SetUp setUp(String id) {
    return books.setUps().filter(one -> one.id.equals(id)).findFirst().orElseThrow(Issue::notFound);
  }

  /** The payer ends the agreement at PayPal's site: the wallet is kept no more. */
  public void revoke(String paymentToken) {
    change(
        () -> {
          vault.remove(vaulted(paymentToken));
          return true;
        });
  }

  /** From now on, what is charged to a wallet that is kept comes to this. */
  public void fund(String paymentToken, Funding funding) {
    change(() -> vaulted(paymentToken).funding = funding);
  }

  private Vaulted vaulted(String id) {
    return books
        .vaulted()
        .filter(one -> one.id.equals(id) && !one.removed)
        .findFirst()
        .orElseThrow(Issue::notFound);
  }

  /** The next wallet that an order keeps is kept later than its money comes: {@link #keep}. */
  public void nextIsKeptLater() {
    change(
        () -> {
          vault.nextIsLater();
          return true;
        });
  }

  /** The wallet of a paid order is kept now. */
  public void keep(String orderId) {
    change(
        () -> {
          Order order = books.anyOrder(orderId);
          vault.keep(order);
          if (order.vaulted == null) {
            throw notPossible("the order keeps no wallet, or is not paid");
          }
          return order;
        });
  }

  /** Every access token is worthless from now on. */
  public void revokeTokens() {
    change(
        () -> {
          tokens.revokeAll();
          return true;
        });
  }

  /** The next request with this request id comes while another is still being worked on: 409. */
  public void nextIsInProgress(String key) {
    change(
        () -> {
          keys.busy(key);
          return true;
        });
  }

  private <T> T change(Supplier<T> work) {
    return books.locked(
        () -> {
          try {
            return work.get();
          } catch (Issue e) {
            throw new NotFoundException(
                new Problem("id", "paypal.not-found", "there is no such id", "use one of its own"));
          }
        });
  }

  private static InvalidStateException notPossible(String why) {
    return new InvalidStateException(
        new Problem("id", "paypal.state", why, "look at the ledger first"));
  }
}
