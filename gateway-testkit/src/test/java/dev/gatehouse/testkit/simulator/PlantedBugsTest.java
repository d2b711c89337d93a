package dev.gatehouse.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/**
 * Bugs planted from outside, around the engine's ports. Each must be found within so many seeds,
 * and named rightly. After how many it was is written to {@code target/simulator/planted-bugs.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedBugsTest {
  /** However well a bug hides, this many seeds must find it. */
  private static final int MOST = 1_000;

  /** Whether time is no object, as in the long run of the simulator. */
  private static final boolean MANY = Integer.getInteger("gatehouse.seeds", 0) >= MOST;

  private final SortedMap<String, Long> foundAfter = new TreeMap<>();
  private final Ports plain = Ports.plain();
  private String bug = "";

  /** Where it begins; in each build elsewhere for the two that would keep it waiting. */
  private long first = 1;

  @BeforeEach
  void name(TestInfo test) {
    bug = test.getTestMethod().orElseThrow().getName();
    first = 1;
  }

  @AfterAll
  void tell() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "simulator"));
    Files.writeString(
        folder.resolve("planted-bugs.txt"),
        foundAfter.entrySet().stream()
            .map(found -> String.format("%4d seeds  %s%n", found.getValue(), found.getKey()))
            .collect(Collectors.joining()));
  }

  @Test
  void an_intent_that_is_not_saved_first_is_found() {
    found(plain.withStore(PlantedInStore.SavesIntentLater::new), Invariant.INTENT_FIRST, 10);
  }

  @Test
  void trusting_the_order_of_arrival_is_found() {
    found(plain.withStore(PlantedInStore.TrustsArrivalOrder::new), Invariant.FACTS_GROW, 10);
  }

  @Test
  void an_event_that_is_raised_twice_is_found() {
    found(plain.withStore(PlantedInStore.RaisesTwice::new), Invariant.EVENTS_ARE_TRUE, 10);
  }

  @Test
  void an_event_that_is_lost_at_the_commit_is_found() {
    found(plain.withStore(PlantedInStore.LosesAnEvent::new), Invariant.EVENTS_ARE_TRUE, 10);
  }

  @Test
  void a_delivery_acknowledged_before_the_hook_took_it_is_found() {
    found(plain.withStore(PlantedInStore.AcknowledgesTooEarly::new), Invariant.HOOKS_HEAR_ALL, 10);
  }

  @Test
  void a_hook_that_is_told_out_of_order_is_found() {
    found(plain.withStore(PlantedInStore.OffersNewestFirst::new), Invariant.HOOKS_HEAR_ALL, 10);
  }

  @Test
  void a_hook_that_is_told_of_what_was_told_before_something_later_is_found() {
    first = MANY ? 1 : 560;
    found(plain.withStore(PlantedInStore.ClaimsNothing::new), Invariant.HOOKS_HEAR_ALL, 1_000);
  }

  @Test
  void a_refund_whose_reservation_is_forgotten_is_found() {
    found(plain.withStore(PlantedInStore.ForgetsReservedRefunds::new), Invariant.WITHIN_FUNDS, 100);
  }

  @Test
  void an_alarm_that_is_lost_is_found() {
    found(plain.withStore(PlantedInStore.LosesAlarms::new), Invariant.RESOLVED, 10);
  }

  @Test
  void a_resend_that_is_saved_under_a_key_of_its_own_is_found() {
    // The intent is saved, so only the provider's ledger shows that there were two effects.
    Ports planted =
        plain
            .withStore(PlantedInStore.SavesResendsAsNew::new)
            .withTransport(PlantedInTransport.NewKeyForEachRetry::ofCharges);
    SimulationOptions options =
        SimulationOptions.defaults()
            .withFaults(EnumSet.of(FaultKind.LOST_RESPONSE, FaultKind.ONLY_REPLAY))
            .withPorts(planted);

    first = MANY ? 1 : 300;
    assertFound(options, Invariant.ONE_EFFECT, 200);
  }

  @Test
  void a_store_that_tells_of_conflicts_in_its_own_words_is_found() {
    found(plain.withStore(PlantedInStore.ConflictsInItsOwnWords::new), Invariant.TYPED_ERRORS, 10);
  }

  @Test
  void an_erasure_that_is_not_kept_is_found() {
    found(plain.withStore(PlantedInStore.KeepsPeople::new), Invariant.NO_SECRETS, 10);
  }

  @Test
  void not_found_taken_for_did_not_happen_is_found() {
    found(
        plain.withGateway(
            provider ->
                GatewayAround.provider(
                    provider,
                    PlantedInGateway.NotFoundIsCertain::new,
                    PlantedInGateway.NotFoundIsCertain::settlesAtOnce)),
        Invariant.ABSENCE_IS_TRUE,
        200);
  }

  @Test
  void an_idempotency_key_that_changes_on_retry_is_found() {
    found(
        plain.withTransport(PlantedInTransport.NewKeyForEachRetry::new),
        Invariant.INTENT_FIRST,
        10);
  }

  @Test
  void a_client_that_resends_by_itself_is_found() {
    found(plain.withTransport(PlantedInTransport.ResendsByItself::new), Invariant.INTENT_FIRST, 10);
  }

  @Test
  void a_resend_after_a_crash_without_the_saved_key_is_found() {
    // One world per seed: its processes are counted from its first one on.
    Optional<Report> report = Optional.empty();
    for (long seed = 1; seed <= MOST && report.isEmpty(); seed++) {
      AtomicInteger lives = new AtomicInteger();
      Ports ports =
          plain.withGateway(
              provider ->
                  GatewayAround.provider(
                      provider,
                      gateway ->
                          new PlantedInGateway.KeysOfItsOwn(gateway, lives.getAndIncrement()),
                      UnaryOperator.identity()));
      report =
          Optional.of(Simulation.run(seed, SimulationOptions.defaults().withPorts(ports)))
              .filter(r -> r.violation().isPresent());
    }
    assertFound(report, Invariant.INTENT_FIRST, 10);
  }

  @Test
  void a_renewal_that_is_charged_again_by_itself_is_found() {
    found(
        plain.withGateway(
            provider ->
                GatewayAround.provider(
                    provider, PlantedInGateway.RenewsOnceMore::new, UnaryOperator.identity())),
        Invariant.INTENT_FIRST,
        100);
  }

  @Test
  void a_lost_response_taken_for_not_sent_is_found() {
    found(
        plain.withTransport(PlantedInTransport.LostResponseIsNotSent::new),
        Invariant.ABSENCE_IS_TRUE,
        10);
  }

  @Test
  void a_webhook_that_is_trusted_without_verification_is_found() {
    found(
        plain.withGateway(
            provider ->
                GatewayAround.provider(
                    provider,
                    PlantedInGateway.BelievesEveryWebhook::new,
                    UnaryOperator.identity())),
        Invariant.UNVERIFIED_CHANGES_NOTHING,
        10);
  }

  @Test
  void a_refund_at_the_console_that_is_not_seen_is_found() {
    found(
        plain.withGateway(
            provider ->
                GatewayAround.provider(
                    provider, PlantedInGateway.SeesOnlyOurRefunds::new, UnaryOperator.identity())),
        Invariant.VIEW_IS_TRUE,
        10);
  }

  @Test
  void a_paid_checkout_that_is_never_completed_is_found() {
    found(
        plain.withGateway(
            provider ->
                GatewayAround.provider(
                    provider,
                    PlantedInGateway.KeepsTheReferenceBack::new,
                    UnaryOperator.identity())),
        Invariant.COMPLETED_IFF_PAID,
        10);
  }

  @Test
  void a_secret_in_an_error_is_found() {
    found(plain.withTransport(PlantedInTransport.TellsSecrets::new), Invariant.NO_SECRETS, 10);
  }

  private void found(Ports planted, Invariant expected, int within) {
    SimulationOptions options = SimulationOptions.defaults().withPorts(planted);
    assertFound(options, expected, within);
  }

  private void assertFound(SimulationOptions options, Invariant expected, int within) {
    assertFound(Simulator.seeds(first, MOST).with(options).findViolation(), expected, within);
  }

  private void assertFound(Optional<Report> report, Invariant expected, int within) {
    assertThat(report).as("a seed of the first %d that finds the bug", MOST).isPresent();
    Report found = report.orElseThrow();
    assertThat(found.violation().orElseThrow().invariant()).as(found.tell()).isEqualTo(expected);
    long seeds = found.seed() - first + 1;
    foundAfter.put(bug, seeds);
    assertThat(seeds).as("seeds until it was found, from %d on", first).isLessThanOrEqualTo(within);
    assertThat(within).isLessThanOrEqualTo(MOST);
  }
}
