package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.reference.Entries.Cause;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.Method;
import dev.gatehouse.testkit.reference.Entries.Order;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * What a test does as the customer, the bank or a person at the provider's console. Every change
 * has its notice. An unknown id throws {@link NotFoundException}, what is not possible {@link
 * InvalidStateException}. Settling what has moved on already changes nothing. Thread-safe.
 */
public final class ReferenceControls {
  private static final URI CONSOLE = URI.create("https://reference.test");

  private final Books books;
  private final Charges charges;
  private final Refunds refunds;

  ReferenceControls(Books books, Charges charges, Refunds refunds) {
    this.books = books;
    this.charges = charges;
    this.refunds = refunds;
  }

  /** The customer approves the action of a charge. */
  public void approve(String chargeId) {
    onCharge(chargeId, charges::approve);
  }

  /** The customer rejects the action: the charge fails as {@code abandoned}. */
  public void reject(String chargeId) {
    onCharge(chargeId, charges::reject);
  }

  /** The customer leaves: the charge fails when the time for the action is up. */
  public void abandon(String chargeId) {
    onCharge(chargeId, charges::abandon);
  }

  /** Ends what is pending or of unknown status, as its token says; that is, mostly well. */
  public void settle(String chargeId) {
    onCharge(chargeId, charges::settle);
  }

  /** Ends what is pending or of unknown status as failed. */
  public void settleBadly(String chargeId) {
    onCharge(chargeId, charges::settleBadly);
  }

  /** Lets a living authorisation expire now. */
  public void expireAuthorization(String chargeId) {
    onCharge(chargeId, charges::expire);
  }

  /** A pending refund succeeds. */
  public void settleRefund(String refundId) {
    onRefund(refundId, found -> refunds.succeed(found.charge(), found.refund()));
  }

  /** A pending refund fails. */
  public void failRefund(String refundId) {
    onRefund(refundId, found -> refunds.fail(found.charge(), found.refund()));
  }

  /** A refund that succeeded is undone by the customer's bank. */
  public void undoRefund(String refundId) {
    onRefund(refundId, found -> refunds.undo(found.charge(), found.refund()));
  }

  /** Somebody refunds at the console, without us. Returns the refund's id. */
  public String consoleRefund(String captureId, Money amount) {
    return locked(() -> refunds.refund(refunds.byCapture(captureId), amount, Cause.CONSOLE).id);
  }

  /**
   * A charge that we did not start, succeeded at once. Returns its id.
   *
   * @param accountId the account
   * @param reference what it shows as our reference, if anything
   */
  public String foreignCharge(String accountId, Money amount, Optional<String> reference) {
    return locked(
        () -> {
          Order order =
              new Order(
                  reference.orElse(null),
                  amount,
                  false,
                  "card",
                  Plan.APPROVE,
                  false,
                  null,
                  CONSOLE,
                  null,
                  false);
          return charges.create(account(accountId), order, Cause.CONSOLE).id;
        });
  }

  /** The customer disputes a part of a charge; the money is withdrawn. Returns the dispute's id. */
  public String dispute(String chargeId, Money amount) {
    return locked(() -> dispute(books.charge(chargeId), c -> amount));
  }

  /** The customer disputes all that is left of a charge. Returns the dispute's id. */
  public String dispute(String chargeId) {
    return locked(() -> dispute(books.charge(chargeId), ReferenceControls::left));
  }

  private String dispute(Charge charge, Function<Charge, Money> amount) {
    Money disputed = amount.apply(charge);
    if (!disputed.isPositive() || disputed.isGreaterThan(left(charge))) {
      throw ApiError.state("nothing_left", "Not so much of the charge is left to dispute.");
    }
    return refunds.dispute(charge, disputed).id;
  }

  private static Money left(Charge charge) {
    return Sums.captured(charge).minus(Sums.refunding(charge)).minus(Sums.disputedAway(charge));
  }

  /** The bank looks at the evidence. */
  public void reviewDispute(String disputeId) {
    onDispute(disputeId, refunds::review);
  }

  /** The dispute is decided for us; the money comes back. */
  public void winDispute(String disputeId) {
    onDispute(disputeId, refunds::win);
  }

  /** The dispute is decided against us. */
  public void loseDispute(String disputeId) {
    onDispute(disputeId, refunds::lose);
  }

  /** The customer revokes a stored method: charges of it are declined from now on. */
  public void revokeMethod(String methodId) {
    locked(
        () -> {
          books.method(methodId).revoked = true;
          return methodId;
        });
  }

  /** Somebody removes a stored method at the console, without us. */
  public void removeMethod(String methodId) {
    locked(
        () -> {
          charges.remove(books.method(methodId));
          return methodId;
        });
  }

  /** Charges of a stored method behave from now on as this token says. */
  public void methodBehaves(String methodId, String token) {
    locked(
        () -> {
          Method method = books.method(methodId);
          method.plan =
              Plan.of(token)
                  .orElseThrow(() -> ApiError.invalid("token", "There is no such test token."));
          return methodId;
        });
  }

  /** Lists lag behind by so much from now on. */
  public void indexDelay(Duration delay) {
    if (delay.isNegative()) {
      throw new InvalidInputException(
          new Problem("delay", "reference.time", "the delay is negative", "give zero or more"));
    }
    locked(
        () -> {
          books.indexDelay(delay);
          return delay;
        });
  }

  /** A page of a list has so many entries at most from now on; 100 at first. */
  public void pageSize(int entries) {
    if (entries < 1) {
      throw new InvalidInputException(
          new Problem("entries", "reference.page", "a page has no entries", "give one or more"));
    }
    locked(
        () -> {
          books.pageSize(entries);
          return entries;
        });
  }

  private ReferenceAccount account(String id) {
    return books.accounts().stream()
        .filter(account -> account.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound("account"));
  }

  private void onCharge(String id, Consumer<Charge> change) {
    locked(
        () -> {
          change.accept(books.charge(id));
          return id;
        });
  }

  private void onRefund(String id, Consumer<Refunds.Refunded> change) {
    locked(
        () -> {
          change.accept(refunds.byRefund(id));
          return id;
        });
  }

  private void onDispute(String id, Consumer<Refunds.Disputed> change) {
    locked(
        () -> {
          change.accept(refunds.byDispute(id));
          return id;
        });
  }

  private <T> T locked(Supplier<T> work) {
    try {
      return books.locked(work);
    } catch (ApiError e) {
      throw refused(e);
    }
  }

  private static GatehouseException refused(ApiError e) {
    Problem problem =
        new Problem(
            "reference provider",
            "reference.refused",
            String.valueOf(e.getMessage()),
            "look at the ledger to see what is possible");
    return e.status() == 404 ? new NotFoundException(problem) : new InvalidStateException(problem);
  }
}
