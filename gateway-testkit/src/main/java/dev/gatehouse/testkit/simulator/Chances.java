package dev.gatehouse.testkit.simulator;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The chance of each fault within each step. */
final class Chances {
  private static final Set<StepKind> WITHOUT_US =
      EnumSet.of(
          StepKind.CUSTOMER_APPROVES,
          StepKind.CUSTOMER_REJECTS,
          StepKind.CUSTOMER_ABANDONS,
          StepKind.PROVIDER_SETTLES,
          StepKind.PROVIDER_FAILS,
          StepKind.REFUND_SETTLES,
          StepKind.REFUND_UNDONE,
          StepKind.HOLD_EXPIRES,
          StepKind.METHOD_REVOKED,
          StepKind.DISPUTE_OPENED,
          StepKind.DISPUTE_DECIDED,
          StepKind.CONSOLE_REFUND,
          StepKind.CONSOLE_CHARGE,
          StepKind.TIME_PASSES);

  private static final Set<StepKind> WITHOUT_PAYMENTS =
      EnumSet.of(StepKind.START_CHECKOUT, StepKind.COMPLETE_FREE, StepKind.CANCEL_MEMBERSHIP);

  /** They send nothing to the provider for the payment that they are about. */
  private static final Set<StepKind> OF_PEOPLE =
      EnumSet.of(
          StepKind.PAY_BY_TRANSFER,
          StepKind.TRANSFER_ARRIVES,
          StepKind.TRANSFER_GIVEN_UP,
          StepKind.TRANSFER_BACK,
          StepKind.SETTLE_OPERATION);

  private static final Set<StepKind> CHARGING =
      EnumSet.of(
          StepKind.PAY, StepKind.PAY_AFTER_DECLINE, StepKind.PAY_WHILE_WAITING, StepKind.RENEW);

  private static final Set<StepKind> LISTING =
      EnumSet.of(StepKind.CUSTOMER_RETURNS, StepKind.RECONCILE, StepKind.RUN_DUE_WORK);

  private static final Set<StepKind> SHOWING_CAPTURES =
      EnumSet.of(
          StepKind.CAPTURE_PART,
          StepKind.CAPTURE_FINALLY,
          StepKind.VOID,
          StepKind.REFUND_PART,
          StepKind.REFUND_ALL,
          StepKind.DELIVER_WEBHOOK,
          StepKind.RECONCILE,
          StepKind.RUN_DUE_WORK);

  private static final Map<FaultKind, Map<StepKind, Chance>> ALL = all();

  private Chances() {}

  static Chance of(FaultKind fault, StepKind step) {
    return Optional.ofNullable(ALL.get(fault)).map(row -> row.get(step)).orElseThrow();
  }

  private static Map<FaultKind, Map<StepKind, Chance>> all() {
    Map<FaultKind, Map<StepKind, Chance>> all = new EnumMap<>(FaultKind.class);
    for (FaultKind fault : FaultKind.values()) {
      Map<StepKind, Chance> row = new EnumMap<>(StepKind.class);
      for (StepKind step : StepKind.values()) {
        row.put(step, chance(fault, step));
      }
      all.put(fault, row);
    }
    return all;
  }

  private static Chance chance(FaultKind fault, StepKind step) {
    return switch (fault) {
      case CLOCK_JUMPS_FORWARD, CLOCK_JUMPS_BACK -> Chance.DEMANDED;
      case ONLY_REPLAY, NO_RECOVERY ->
          Chance.never("the gateway is so before the first step, and stays so");
      default -> {
        if (step == StepKind.FORGE_WEBHOOK) {
          yield Chance.never("nothing else goes wrong, so that what changes is the forger's doing");
        }
        yield WITHOUT_US.contains(step)
            ? Chance.never("no process of ours takes part")
            : ofOurs(fault, step);
      }
    };
  }

  private static Chance ofOurs(FaultKind fault, StepKind step) {
    return switch (fault) {
      case CRASH_BEFORE_COMMIT, CRASH_AFTER_COMMIT, STORE_FAILURE, STORE_ANSWER_LOST ->
          Chance.DEMANDED;
      case STORE_CONFLICT ->
          step == StepKind.START_CHECKOUT
              ? Chance.never("what it commits is new, so nobody else can have changed it")
              : Chance.DEMANDED;
      case CRASH_AFTER_HOOK, HOOK_FAILURE ->
          only(step == StepKind.RUN_DUE_WORK, "hooks are told in due work alone");
      case WEBHOOK_DUPLICATED, WEBHOOK_REORDERED, WEBHOOK_DROPPED ->
          only(step == StepKind.DELIVER_WEBHOOK, "it delivers no webhook");
      case STALE_READ ->
          step == StepKind.DELIVER_WEBHOOK
              ? Chance.seldom("a notice names the charge, which is then looked at by its id")
              : only(LISTING.contains(step), "it reads no list of the provider's");
      case PARTIAL_SNAPSHOT ->
          only(step == StepKind.RUN_DUE_WORK, "operations are looked for in due work alone");
      default -> ofRequests(fault, step);
    };
  }

  private static Chance ofRequests(FaultKind fault, StepKind step) {
    if (WITHOUT_PAYMENTS.contains(step)) {
      return Chance.never("it has nothing to do with a payment, so nothing is sent");
    }
    if (step == StepKind.ERASE_CUSTOMER) {
      return Chance.seldom("it sends only what removes a method that is stored, and few are");
    }
    if (OF_PEOPLE.contains(step)) {
      return Chance.seldom("it sends only what another payment of the checkout still needs");
    }
    if (fault == FaultKind.HOLD_NOT_NAMED && !SHOWING_CAPTURES.contains(step)) {
      return Chance.seldom("it hardly ever sees a capture out of a hold");
    }
    if (fault == FaultKind.LOOKS_BEFORE && CHARGING.contains(step)) {
      return Chance.seldom("before a charge there is nothing to look at");
    }
    return Chance.DEMANDED;
  }

  private static Chance only(boolean demanded, String whyNot) {
    return demanded ? Chance.DEMANDED : Chance.never(whyNot);
  }
}
