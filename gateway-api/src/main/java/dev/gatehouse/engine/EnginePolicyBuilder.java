package dev.gatehouse.engine;

import dev.gatehouse.engine.EnginePolicy.Excess;
import java.time.Duration;

/** Changes some of the choices of an {@link EnginePolicy}. Not thread-safe. */
public final class EnginePolicyBuilder {
  private Excess excess;
  private Excess late;
  private Duration checkoutLifetime;
  private Duration callGrace;
  private Duration firstPoll;
  private Duration slowestPoll;
  private Duration chargePatience;
  private Duration operationPatience;
  private Duration doubtPatience;
  private Duration watchAbandoned;
  private Duration hookGrace;
  private int hookThreads;
  private Duration hookBackoff;
  private Duration slowestHookBackoff;
  private Duration hookPatience;
  private Duration reconcileEvery;
  private Duration reconcileOverlap;
  private Duration noticesKept;
  private int paymentsPerCheckout;
  private int looksPerSecond;
  private int looksAtOnce;

  EnginePolicyBuilder(EnginePolicy from) {
    excess = from.excess();
    late = from.late();
    checkoutLifetime = from.checkoutLifetime();
    callGrace = from.callGrace();
    firstPoll = from.firstPoll();
    slowestPoll = from.slowestPoll();
    chargePatience = from.chargePatience();
    operationPatience = from.operationPatience();
    doubtPatience = from.doubtPatience();
    watchAbandoned = from.watchAbandoned();
    hookGrace = from.hookGrace();
    hookThreads = from.hookThreads();
    hookBackoff = from.hookBackoff();
    slowestHookBackoff = from.slowestHookBackoff();
    hookPatience = from.hookPatience();
    reconcileEvery = from.reconcileEvery();
    reconcileOverlap = from.reconcileOverlap();
    noticesKept = from.noticesKept();
    paymentsPerCheckout = from.paymentsPerCheckout();
    looksPerSecond = from.looksPerSecond();
    looksAtOnce = from.looksAtOnce();
  }

  /** What to do with money beyond what a checkout was for. */
  public EnginePolicyBuilder excess(Excess choice) {
    excess = choice;
    return this;
  }

  /** What to do with money that comes after a checkout was over. */
  public EnginePolicyBuilder late(Excess choice) {
    late = choice;
    return this;
  }

  /** How long a customer has to pay if the command does not say. */
  public EnginePolicyBuilder checkoutLifetime(Duration choice) {
    checkoutLifetime = choice;
    return this;
  }

  /** How long after a send it is taken for lost if nothing was heard of it. */
  public EnginePolicyBuilder callGrace(Duration choice) {
    callGrace = choice;
    return this;
  }

  /** How long to wait before looking again; doubled each time that nothing was new. */
  public EnginePolicyBuilder firstPoll(Duration choice) {
    firstPoll = choice;
    return this;
  }

  /** The longest wait between two looks. */
  public EnginePolicyBuilder slowestPoll(Duration choice) {
    slowestPoll = choice;
    return this;
  }

  /** For how long a charge that had no effect is sent again. */
  public EnginePolicyBuilder chargePatience(Duration choice) {
    chargePatience = choice;
    return this;
  }

  /** For how long any other operation that had no effect is sent again. */
  public EnginePolicyBuilder operationPatience(Duration choice) {
    operationPatience = choice;
    return this;
  }

  /** For how long an outcome may be unknown before a person is told. */
  public EnginePolicyBuilder doubtPatience(Duration choice) {
    doubtPatience = choice;
    return this;
  }

  /** For how long a payment whose customer went away is watched. */
  public EnginePolicyBuilder watchAbandoned(Duration choice) {
    watchAbandoned = choice;
    return this;
  }

  /** How long a delivery is in the hands of whoever tells its hook; then it may be told again. */
  public EnginePolicyBuilder hookGrace(Duration choice) {
    hookGrace = choice;
    return this;
  }

  /** How many threads at most tell one hook of events, each of other customers. */
  public EnginePolicyBuilder hookThreads(int choice) {
    hookThreads = choice;
    return this;
  }

  /** How long to wait after a hook's first failure; doubled each time. */
  public EnginePolicyBuilder hookBackoff(Duration choice) {
    hookBackoff = choice;
    return this;
  }

  /** The longest wait after a hook's failure, unless the hook asks for more. */
  public EnginePolicyBuilder slowestHookBackoff(Duration choice) {
    slowestHookBackoff = choice;
    return this;
  }

  /** For how long a delivery to a hook may go on failing before it is set aside. */
  public EnginePolicyBuilder hookPatience(Duration choice) {
    hookPatience = choice;
    return this;
  }

  /** How often a gateway that lists changes is asked what changed. */
  public EnginePolicyBuilder reconcileEvery(Duration choice) {
    reconcileEvery = choice;
    return this;
  }

  /** How far each such question reaches back behind the last one. */
  public EnginePolicyBuilder reconcileOverlap(Duration choice) {
    reconcileOverlap = choice;
    return this;
  }

  /** How long a webhook notice that was handled is remembered. */
  public EnginePolicyBuilder noticesKept(Duration choice) {
    noticesKept = choice;
    return this;
  }

  /** How many payments may be tried for one checkout. */
  public EnginePolicyBuilder paymentsPerCheckout(int choice) {
    paymentsPerCheckout = choice;
    return this;
  }

  /** How often a second this process asks a gateway by itself what became of payments. */
  public EnginePolicyBuilder looksPerSecond(int choice) {
    looksPerSecond = choice;
    return this;
  }

  /** How many such looks are under way at one gateway at the same time. */
  public EnginePolicyBuilder looksAtOnce(int choice) {
    looksAtOnce = choice;
    return this;
  }

  /**
   * The policy.
   *
   * @throws dev.gatehouse.error.ConfigurationException with every choice that is out of range
   */
  public EnginePolicy build() {
    return new EnginePolicy(
        excess,
        late,
        checkoutLifetime,
        callGrace,
        firstPoll,
        slowestPoll,
        chargePatience,
        operationPatience,
        doubtPatience,
        watchAbandoned,
        hookGrace,
        hookThreads,
        hookBackoff,
        slowestHookBackoff,
        hookPatience,
        reconcileEvery,
        reconcileOverlap,
        noticesKept,
        paymentsPerCheckout,
        looksPerSecond,
        looksAtOnce);
  }
}
