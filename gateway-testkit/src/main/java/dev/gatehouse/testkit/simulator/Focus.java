package dev.gatehouse.testkit.simulator;

import java.util.List;
import java.util.Optional;

/**
 * Every other seed looks closely at one kind of step: it is taken more often, and more goes wrong
 * within it. So faults meet those steps, too, that are rare or seldom have much to do.
 */
final class Focus {
  private static final int OFTEN = 5;

  /** Steps of this weight are common enough; more of them would leave no room for others. */
  private static final int COMMON = 20;

  private static final int LEAST_PER_MILLE = 120;

  private static final List<StepKind> STEPS =
      List.of(
          StepKind.START_CHECKOUT,
          StepKind.PAY_AFTER_DECLINE,
          StepKind.PAY_WHILE_WAITING,
          StepKind.PAY_BY_TRANSFER,
          StepKind.REPEAT_PAY,
          StepKind.COMPLETE_FREE,
          StepKind.CANCEL_CHECKOUT,
          StepKind.CANCEL_MEMBERSHIP,
          StepKind.ERASE_CUSTOMER,
          StepKind.CUSTOMER_RETURNS,
          StepKind.CAPTURE_PART,
          StepKind.CAPTURE_FINALLY,
          StepKind.VOID,
          StepKind.REFUND_PART,
          StepKind.REFUND_ALL,
          StepKind.RENEW,
          StepKind.TRANSFER_ARRIVES,
          StepKind.TRANSFER_GIVEN_UP,
          StepKind.TRANSFER_BACK,
          StepKind.SETTLE_OPERATION,
          StepKind.CUSTOMER_ABANDONS,
          StepKind.PROVIDER_FAILS,
          StepKind.REFUND_SETTLES,
          StepKind.HOLD_EXPIRES,
          StepKind.DELIVER_WEBHOOK,
          StepKind.RECONCILE,
          StepKind.RUN_DUE_WORK);

  private final Optional<StepKind> step;

  Focus(long seed) {
    step =
        seed % 2 == 0
            ? Optional.of(STEPS.get((int) Math.floorMod(seed / 2, (long) STEPS.size())))
            : Optional.empty();
  }

  /** How likely a step is chosen, among all. */
  int weight(StepKind kind) {
    return isOn(kind) && kind.weight() < COMMON ? OFTEN * kind.weight() : kind.weight();
  }

  /** How often of a thousand occasions a fault fires. */
  int perMille(FaultKind fault, Optional<StepKind> within) {
    return within.filter(this::isOn).isPresent()
        ? Math.max(LEAST_PER_MILLE, fault.perMille())
        : fault.perMille();
  }

  private boolean isOn(StepKind kind) {
    return step.filter(kind::equals).isPresent();
  }
}
