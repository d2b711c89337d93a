package dev.gatehouse.testkit.reference;

import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.testkit.reference.Entries.Action;
import dev.gatehouse.testkit.reference.Entries.Authorization;
import dev.gatehouse.testkit.reference.Entries.Capture;
import dev.gatehouse.testkit.reference.Entries.Cause;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.ChargeStatus;
import dev.gatehouse.testkit.reference.Entries.Method;
import dev.gatehouse.testkit.reference.Entries.Order;
import java.time.Duration;
import org.joda.money.Money;

/** How charges, authorisations and captures go on. Called under the lock of {@link Books}. */
final class Charges {
  private static final Plan.Refusal GIVEN_UP = Plan.Refusal.of(DeclineCode.ABANDONED);

  private final Books books;

  Charges(Books books) {
    this.books = books;
  }

  Charge create(ReferenceAccount account, Order order, Cause cause) {
    Charge charge = new Charge(books.nextId("ch"), account, order, cause, books.now());
    books.add(charge);
    start(charge);
    return charge;
  }

  private void start(Charge charge) {
    Plan plan = charge.order.plan();
    if (plan.refusal() != null) {
      fail(charge, plan.refusal());
      return;
    }
    switch (plan.token()) {
      case ACTION, ACTION_AUTO, ACTION_TWICE, ACTION_DECLINED, ACTION_EACH_TIME -> ask(charge, 1);
      case PENDING, PENDING_FAILS -> wait(charge);
      case UNKNOWN_STATUS -> {
        charge.status = ChargeStatus.UNHEARD_OF;
        happened(charge, "unheard_of");
      }
      default -> succeed(charge, charge.cause);
    }
  }

  private void ask(Charge charge, int challenge) {
    charge.status = ChargeStatus.REQUIRES_ACTION;
    String id = books.nextId("act");
    charge.action =
        new Action(id, challenge, books.after(books.options().actionLife(), () -> giveUp(charge)));
    happened(charge, "requires_action");
  }

  private void wait(Charge charge) {
    charge.status = ChargeStatus.PROCESSING;
    happened(charge, "processing");
    books.after(books.options().pendingTime(), () -> settle(charge));
  }

  /** Time is up for a customer who did not act, or for us who did not complete. */
  private void giveUp(Charge charge) {
    boolean waits =
        charge.status == ChargeStatus.REQUIRES_ACTION || charge.status == ChargeStatus.APPROVED;
    if (waits && charge.action != null && !charge.action.expiresAt.isAfter(books.now())) {
      fail(charge, GIVEN_UP);
    }
  }

  void settle(Charge charge) {
    if (charge.order.plan().token() == TestToken.PENDING_FAILS) {
      settleBadly(charge);
    } else if (isOpen(charge)) {
      succeed(charge, charge.cause);
    }
  }

  void settleBadly(Charge charge) {
    if (isOpen(charge)) {
      fail(charge, Plan.Refusal.of(DeclineCode.PROCESSING_ERROR));
    }
  }

  private static boolean isOpen(Charge charge) {
    return charge.status == ChargeStatus.PROCESSING || charge.status == ChargeStatus.UNHEARD_OF;
  }

  void approve(Charge charge) {
    Action action = open(charge);
    TestToken token = charge.order.plan().token();
    if (token == TestToken.ACTION_TWICE && action.challenge == 1) {
      ask(charge, 2);
    } else if (token == TestToken.ACTION_AUTO || token == TestToken.ACTION_EACH_TIME) {
      succeed(charge, charge.cause);
    } else {
      charge.status = ChargeStatus.APPROVED;
      happened(charge, "approved");
    }
  }

  void reject(Charge charge) {
    open(charge);
    fail(charge, GIVEN_UP);
  }

  /** The customer walks away; the charge fails when the time for the action is up. */
  void abandon(Charge charge) {
    open(charge).abandoned = true;
  }

  private static Action open(Charge charge) {
    Action action = charge.action;
    if (charge.status != ChargeStatus.REQUIRES_ACTION || action == null || action.abandoned) {
      throw ApiError.state("no_action", "The charge does not wait for the customer.");
    }
    return action;
  }

  /** Goes on after the customer's approval; completing what has succeeded changes nothing. */
  void complete(Charge charge, Cause cause) {
    if (charge.status == ChargeStatus.SUCCEEDED || charge.status == ChargeStatus.FAILED) {
      return;
    }
    if (charge.status != ChargeStatus.APPROVED) {
      throw ApiError.state("not_approved", "The customer has not approved the charge.");
    }
    charge.completion = cause;
    if (charge.order.plan().token() == TestToken.ACTION_DECLINED) {
      fail(charge, Plan.Refusal.of(DeclineCode.DO_NOT_HONOR));
    } else {
      succeed(charge, cause);
    }
  }

  private void fail(Charge charge, Plan.Refusal refusal) {
    charge.status = ChargeStatus.FAILED;
    charge.refusal = refusal;
    happened(charge, "failed");
  }

  private void succeed(Charge charge, Cause cause) {
    charge.status = ChargeStatus.SUCCEEDED;
    if (charge.order.store()) {
      store(charge);
    }
    if (charge.order.setUp()) {
      happened(charge, "succeeded");
      return;
    }
    if (charge.order.manual()) {
      authorize(charge);
    } else {
      charge.captures.add(new Capture(books.nextId("cap"), charge.amount(), null, cause));
    }
    happened(charge, "succeeded");
  }

  private void store(Charge charge) {
    String reference = charge.order.customer();
    String owner = reference == null ? null : books.customer(charge.account, reference);
    Method method = new Method(books.nextId("pm"), charge, owner);
    if (charge.order.plan().token() == TestToken.ACTION_EACH_TIME) {
      method.plan = charge.order.plan();
    }
    books.add(method);
    charge.storedMethod = method.id;
  }

  /** Removes a stored method for good; again, it changes nothing. */
  void remove(Method method) {
    if (!method.removed) {
      method.removed = true;
      happened(method.storedBy, "method_removed");
    }
  }

  private void authorize(Charge charge) {
    Duration life =
        charge.order.plan().token() == TestToken.EXPIRES_EARLY
            ? books.options().earlyExpiry()
            : books.options().authorizationLife();
    charge.authorization =
        new Authorization(
            books.nextId("auth"),
            charge.amount(),
            books.now(),
            books.after(life, () -> expire(charge)));
  }

  void expire(Charge charge) {
    Authorization authorization = charge.authorization;
    if (authorization != null && authorization.status.equals("open")) {
      authorization.status = "expired";
      happened(charge, "expired");
    }
  }

  Charge byAuthorization(ReferenceAccount account, String id) {
    for (Charge charge : books.charges()) {
      if (charge.authorization != null
          && charge.authorization.id.equals(id)
          && charge.account.id().equals(account.id())) {
        return charge;
      }
    }
    throw ApiError.notFound("authorization");
  }

  Capture capture(Charge charge, Money amount, boolean isFinal, Cause cause) {
    Authorization authorization = living(charge);
    if (!amount.getCurrencyUnit().equals(authorization.amount.getCurrencyUnit())) {
      throw ApiError.invalid("currency", "The authorisation is in another currency.");
    }
    Money rest = authorization.amount.minus(Sums.captured(charge));
    if (amount.isGreaterThan(rest)) {
      throw ApiError.invalid("amount_too_large", "More than what is left of the authorisation.");
    }
    Capture capture = new Capture(books.nextId("cap"), amount, authorization.id, cause);
    charge.captures.add(capture);
    if (isFinal || amount.isEqual(rest)) {
      authorization.status = "exhausted";
    }
    books.happened("charge.captured", charge, capture.id());
    return capture;
  }

  void release(Charge charge, Cause cause) {
    Authorization authorization = living(charge);
    authorization.status = "voided";
    authorization.voided = cause;
    books.happened("charge.voided", charge, authorization.id);
  }

  private static Authorization living(Charge charge) {
    Authorization authorization = charge.authorization;
    if (authorization == null) {
      throw ApiError.state("not_authorized", "Nothing is authorised.");
    }
    if (!authorization.status.equals("open")) {
      throw ApiError.state(
          "authorization_" + authorization.status,
          "The authorisation is " + authorization.status + ".");
    }
    return authorization;
  }

  private void happened(Charge charge, String what) {
    books.happened((charge.order.setUp() ? "setup." : "charge.") + what, charge, charge.id);
  }
}
