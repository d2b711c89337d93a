package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.emulator.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Everything that one seed plays in: two processes over one store, the provider, and time. The
 * provider's time only goes on; ours is the same but for jumps. Steps happen within steps, where a
 * process calls one of its ports.
 */
final class World {
  static final GatewayInstanceId GATEWAY = new GatewayInstanceId("sim");
  static final GatewayInstanceId BANK = new GatewayInstanceId("bank");
  static final String CANARY = "c4nary";
  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private static final int DEEPEST = 2;
  private static final int INTERLEAVED = 40;
  private static final Duration JUMP = Duration.ofHours(1);

  final SimulationOptions options;
  final Random random;

  /** The provider's own, so that what it chooses disturbs nothing else. */
  final Random choices;

  final TestClock real = TestClock.at(START);
  final Clock clock = new JumpingClock();
  final Story story = new Story();
  final SimulatedStore place;
  final Records store;
  final List<Audience> audiences =
      List.of(
          new Audience("crm", event -> true),
          new Audience(
              "analytics",
              e -> e instanceof CheckoutCompleted || e instanceof MembershipStatusChanged));
  final Focus focus;
  final Counts counts = new Counts();
  final Faults faults;
  final Checks checks;
  final Provider provider;
  final Bank bank;
  final Habits habits;
  final List<Node> nodes;
  final Steps steps;
  private final Deque<Node> running = new ArrayDeque<>();
  private Duration skew = Duration.ZERO;
  private long ids;
  private int calls;

  /** How many commits were kept. */
  int commits;

  /** How many requests were made. */
  int requests;

  World(long seed, SimulationOptions options) {
    this.options = options;
    this.place = options.store().open();
    this.store = new Records(place);
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x2545F4914F6CDD1DL);
    this.choices = new Random(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    this.focus = new Focus(seed);
    this.faults = new Faults(this);
    this.checks = new Checks(this);
    this.provider = new Provider(this);
    this.bank = new Bank(this);
    this.habits = new Habits(this);
    this.nodes = List.of(new Node(this, "A"), new Node(this, "B"));
    this.steps = new Steps(this);
  }

  private final class JumpingClock extends Clock {
    @Override
    public Instant instant() {
      return real.instant().plus(skew);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  String nextId() {
    return String.format(Locale.ROOT, "%016d", ++ids);
  }

  void tell(String what) {
    story.tell(clock.instant(), running.size(), what);
  }

  <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** Lets time pass; what is on its way arrives in time. */
  void pass(Duration time) {
    Instant until = real.instant().plus(time);
    var next = provider.nextArrival(until);
    while (next.isPresent()) {
      real.set(next.get().isBefore(real.instant()) ? real.instant() : next.get());
      provider.arrive();
      next = provider.nextArrival(until);
    }
    real.set(until);
  }

  /** What the provider and the bank really did. */
  Ledger ledger() {
    Ledger provider = this.provider.ledger();
    List<Ledger.Charge> charges = new ArrayList<>(provider.charges());
    charges.addAll(bank.charges());
    return new Ledger(
        charges,
        provider.requestsByEndpoint(),
        provider.requestsByKey(),
        provider.setUps(),
        provider.methods());
  }

  /** Whether the gateway says that it can do so with such a method. */
  boolean can(String method, Capability capability) {
    return provider.simulated().gateway().describe().capabilitiesOf(method).contains(capability);
  }

  boolean isSkewed() {
    return !skew.isZero();
  }

  /** Our clock may jump, or be put right again. */
  void mayJump() {
    if (isSkewed()) {
      boolean ahead = !skew.isNegative();
      FaultKind back = ahead ? FaultKind.CLOCK_JUMPS_BACK : FaultKind.CLOCK_JUMPS_FORWARD;
      if (faults.mayFire(back) && random.nextInt(8) == 0) {
        jump(back, Duration.ZERO);
      }
    } else if (faults.strikes(FaultKind.CLOCK_JUMPS_FORWARD)) {
      jumpTo(JUMP);
    } else if (faults.strikes(FaultKind.CLOCK_JUMPS_BACK)) {
      jumpTo(JUMP.negated());
    }
  }

  private void jump(FaultKind kind, Duration to) {
    faults.happened(kind);
    jumpTo(to);
  }

  void jumpTo(Duration to) {
    checks.clockJumps();
    skew = to;
    tell("our clock is now off by " + to);
  }

  /** Others may act while a call is under way; but not for longer than a call may take. */
  boolean interleaveCall() {
    boolean[] did = new boolean[1];
    inCall(() -> did[0] = interleaves());
    return did[0];
  }

  private void inCall(Runnable action) {
    calls++;
    try {
      action.run();
    } finally {
      calls--;
    }
  }

  boolean isInCall() {
    return calls > 0;
  }

  /** Others may act now, while a process is in the middle of something. */
  void interleave() {
    interleaves();
  }

  /** Whether others did act. */
  private boolean interleaves() {
    boolean may = faults.areOn() && !running.isEmpty() && running.size() <= DEEPEST;
    boolean does = may && random.nextInt(1000) < INTERLEAVED;
    if (does) {
      steps.one();
    }
    return does;
  }

  /** The notice of what a call did may come before the call's response. */
  void webhookBeforeResponse() {
    boolean may = faults.areOn() && running.size() <= DEEPEST && !provider.webhooks().isEmpty();
    if (may && faults.strikes(FaultKind.WEBHOOK_BEFORE_RESPONSE)) {
      inCall(steps::deliverNewest);
    }
  }

  /** A process does something. If it dies of it, it starts again once nothing of it runs. */
  void by(String what, Consumer<Node> action) {
    Node node = oneOf(nodes);
    tell(node + ": " + what);
    running.push(node);
    try {
      action.accept(node);
    } catch (Crash crash) {
      died(crash);
      return;
    } catch (GatehouseException | StoreDown e) {
      checks.noSecrets("an exception", e);
      tell("refused: " + e.getMessage());
    } catch (RuntimeException e) {
      throw new ViolationFound(Invariant.TYPED_ERRORS, what, "threw " + e);
    }
    running.pop();
  }

  private void died(Crash crash) {
    running.pop();
    if (running.contains(crash.node())) {
      throw crash;
    }
    crash.node().restart();
  }
}
