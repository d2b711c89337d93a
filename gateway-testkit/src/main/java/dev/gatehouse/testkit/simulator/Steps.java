package dev.gatehouse.testkit.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Chooses what happens next, and counts it. */
final class Steps {
  private static final int TRIES = 12;
  private static final int LANES = 3;

  private final World world;
  private final int weights;
  private final List<Lane> lanes;
  private final CustomerSteps customers;
  private final ShopSteps shop;
  private final OperatorSteps operators;
  private final ProviderSteps provider;
  private final WebhookSteps webhooks;
  private final WorkSteps work;
  private final Map<StepKind, Integer> done = new EnumMap<>(StepKind.class);

  Steps(World world) {
    this.world = world;
    this.weights = Arrays.stream(StepKind.values()).mapToInt(world.focus::weight).sum();
    this.lanes = IntStream.range(0, LANES).mapToObj(i -> new Lane(world, i + 1)).toList();
    this.customers = new CustomerSteps(world);
    this.shop = new ShopSteps(world);
    this.operators = new OperatorSteps(world);
    this.provider = new ProviderSteps(world);
    this.webhooks = new WebhookSteps(world);
    this.work = new WorkSteps(world);
    for (StepKind kind : StepKind.values()) {
      done.put(kind, 0);
    }
  }

  Map<StepKind, Integer> done() {
    return done;
  }

  int checkouts() {
    return lanes.stream().mapToInt(Lane::checkouts).sum();
  }

  /** One step that is possible now. */
  void one() {
    for (int i = 0; i < TRIES; i++) {
      StepKind kind = choose();
      Lane lane = world.oneOf(lanes);
      if (world.counts.step(kind, () -> take(kind, lane))) {
        done.merge(kind, 1, Integer::sum);
        return;
      }
    }
    world.counts.step(StepKind.RUN_DUE_WORK, work::runDueWork);
    done.merge(StepKind.RUN_DUE_WORK, 1, Integer::sum);
  }

  void deliverNewest() {
    world.counts.step(
        StepKind.DELIVER_WEBHOOK,
        () -> {
          webhooks.deliverNewest();
          return true;
        });
    done.merge(StepKind.DELIVER_WEBHOOK, 1, Integer::sum);
  }

  private StepKind choose() {
    int left = world.random.nextInt(weights);
    for (StepKind kind : StepKind.values()) {
      left -= world.focus.weight(kind);
      if (left < 0) {
        return kind;
      }
    }
    return StepKind.RUN_DUE_WORK;
  }

  /** Whether the step was possible. */
  private boolean take(StepKind kind, Lane lane) {
    return switch (kind) {
      case START_CHECKOUT -> customers.start(lane);
      case PAY, PAY_AFTER_DECLINE, PAY_WHILE_WAITING -> customers.pay(lane, kind);
      case PAY_BY_TRANSFER -> customers.payByTransfer(lane);
      case REPEAT_PAY -> customers.repeatPay(lane);
      case COMPLETE_FREE -> customers.completeFree(lane);
      case CANCEL_CHECKOUT -> customers.cancel(lane);
      case CANCEL_MEMBERSHIP -> customers.cancelMembership(lane);
      case ERASE_CUSTOMER -> customers.erase(lane);
      case CUSTOMER_RETURNS -> customers.returns(lane);
      case CUSTOMER_APPROVES, CUSTOMER_REJECTS, CUSTOMER_ABANDONS -> provider.act(kind);
      case CAPTURE_PART -> shop.capture(false);
      case CAPTURE_FINALLY -> shop.capture(true);
      case VOID -> shop.release();
      case REFUND_PART -> shop.refund(false);
      case REFUND_ALL -> shop.refund(true);
      case RENEW -> shop.renew(lane);
      case PROVIDER_SETTLES, PROVIDER_FAILS -> provider.settle(kind);
      case REFUND_SETTLES -> provider.settleRefund();
      case REFUND_UNDONE -> provider.undoRefund();
      case HOLD_EXPIRES -> provider.expireHold();
      case METHOD_REVOKED -> provider.revokeMethod();
      case DISPUTE_OPENED -> provider.dispute();
      case DISPUTE_DECIDED -> provider.decideDispute();
      case CONSOLE_REFUND -> provider.consoleRefund();
      case CONSOLE_CHARGE -> provider.consoleCharge();
      case TRANSFER_ARRIVES -> operators.transferArrives();
      case TRANSFER_GIVEN_UP -> operators.transferNeverArrives();
      case TRANSFER_BACK -> operators.transferBack();
      case SETTLE_OPERATION -> operators.settle();
      case DELIVER_WEBHOOK -> webhooks.deliver();
      case FORGE_WEBHOOK -> webhooks.forge();
      case RECONCILE -> work.reconcile();
      case RUN_DUE_WORK -> work.runDueWork();
      case TIME_PASSES -> work.timePasses();
    };
  }

  /** Everybody finishes what they began; then time passes until nothing happens any more. */
  void comeToRest() {
    world.faults.on(false);
    if (world.isSkewed()) {
      world.jumpTo(Duration.ZERO);
    }
    new Rest(world, provider, operators, webhooks, work).come();
  }
}
