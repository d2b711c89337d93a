package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Settings, credentials, instances. */
final class ConfigurationRules {
  private ConfigurationRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-CONF-01", Group.CONFIGURATION)
            .rule("It opens with the settings that it wants, and sends nothing.")
            .why("A shop must start while the provider is down.")
            .remedy("Fetch tokens when the first call needs them.")
            .by(ConfigurationRules::opens),
        Rule.must("GW-CONF-02", Group.CONFIGURATION)
            .rule(
                "A secret that is malformed is refused by a ConfigurationException that names"
                    + " the setting and shows nothing of it.")
            .why("Whoever pastes the wrong key must be told which, and must not find it in a log.")
            .remedy(
                "Throw a ConfigurationException with a Problem whose field is the setting's"
                    + " name; leave the value out.")
            .by(ConfigurationRules::malformed),
        Rule.must("GW-CONF-03", Group.CONFIGURATION)
            .rule("It opens with nothing but the settings that it says are required.")
            .why("A setting that is needed and not required is found missing by a customer.")
            .remedy("Declare as required what open() can't do without.")
            .by(ConfigurationRules::requiredOnly),
        Rule.must("GW-CONF-04", Group.CONFIGURATION)
            .rule("It can be closed while the provider is down, twice, and sends nothing then.")
            .why("Shutdown hooks and containers both close, and a shop must stop in any weather.")
            .remedy("Say no goodbye to the provider; let the second close do nothing.")
            .by(ConfigurationRules::closedTwice),
        Rule.must("GW-CONF-05", Group.CONFIGURATION)
            .rule(
                "Two instances share nothing, no keys either: when one is closed, the other goes"
                    + " on.")
            .why("A shop has one account for each country, and the money goes to that one.")
            .remedy("Keep nothing in static fields, such as an SDK's global key.")
            .by(ConfigurationRules::instances));
  }

  private static void opens(Bench bench) {
    bench.gateway();
    Expect.equal("The requests that opening sent", 0, bench.network.sent().size());
  }

  static List<SettingSpec> secrets(Bench bench) {
    List<SettingSpec> secrets =
        bench.description().settings().stream()
            .filter(spec -> spec.kind() == SettingKind.SECRET && spec.required())
            .toList();
    if (secrets.isEmpty()) {
      throw new NotVerifiable("the gateway wants no secret");
    }
    return secrets;
  }

  private static void malformed(Bench bench) {
    demandSome(refusedAlone(bench));
  }

  private static void demandSome(List<String> refused) {
    if (refused.isEmpty()) {
      throw new NotVerifiable("the gateway takes any text for a secret");
    }
  }

  /** The secrets that are refused where they alone are malformed. */
  private static List<String> refusedAlone(Bench bench) {
    List<String> refused = new ArrayList<>();
    for (SettingSpec secret : secrets(bench)) {
      Optional<ConfigurationException> refusal = refusal(bench, List.of(secret.name()));
      if (refusal.isPresent()) {
        demandNamed(refusal.get(), List.of(secret.name()));
        Expect.that(
            !SecretRules.isTold(bench, refusal.get() + refusal.get().problems().toString()),
            "The exception shows the secret, or a part of it.");
        refused.add(secret.name());
      }
    }
    return refused;
  }

  static void demandNamed(ConfigurationException refusal, List<String> settings) {
    List<String> fields = refusal.problems().stream().map(Problem::field).toList();
    Expect.that(
        fields.containsAll(settings),
        "Of " + settings + ", which are malformed, the problems name only " + fields + ".");
  }

  static Optional<ConfigurationException> refusal(Bench bench, List<String> malformed) {
    Map<String, String> settings = new TreeMap<>(bench.provider.settings());
    malformed.forEach(name -> settings.put(name, "no " + bench.secret + "\u00e9"));
    try {
      bench.open(settings).close();
      return Optional.empty();
    } catch (ConfigurationException e) {
      return Optional.of(e);
    }
  }

  private static void requiredOnly(Bench bench) {
    Map<String, String> settings = new TreeMap<>(bench.provider.settings());
    List<String> required =
        bench.description().settings().stream()
            .filter(SettingSpec::required)
            .map(SettingSpec::name)
            .toList();
    settings.keySet().retainAll(required);
    try {
      bench.open(settings).close();
    } catch (ConfigurationException e) {
      throw new AssertionError("With just " + required + " set, it was refused: " + e.problems());
    }
  }

  private static void closedTwice(Bench bench) {
    PaymentGateway gateway = bench.another();
    bench.charge(gateway, bench.sale(Script.APPROVE));
    int before = bench.network.sent().size();
    bench.network.strikeEvery(Fault.LOST_REQUEST);
    gateway.close();
    gateway.close();
    Expect.equal("The requests that closing sent", 0, bench.network.sent().size() - before);
  }

  private static void instances(Bench bench) {
    try (Bench fresh = bench.fresh()) {
      movesOfTheFirst(fresh);
    }
    PaymentGateway stranger = bench.another(otherKeys(bench));
    stranger.charge(bench.sale(Script.APPROVE));
    boolean known = bench.ledger().charges().size() > 0;
    PaymentGateway first = bench.another();
    PaymentGateway second = bench.another();
    second.charge(bench.sale(Script.APPROVE));
    first.close();
    second.charge(bench.sale(Script.APPROVE));
    int before = known ? 3 : 2;
    Expect.equal("The charges in the provider's books", before, bench.ledger().charges().size());
    if (!known) {
      // A provider that refused these keys when they came first refuses them ever after.
      stranger.charge(bench.sale(Script.APPROVE));
      Expect.equal(
          "What was charged with keys that the provider does not know",
          0,
          bench.ledger().charges().size() - before);
    }
    try (Bench fresh = bench.fresh()) {
      noticesOfEach(fresh);
    }
  }

  /** What one instance began, it goes on with under its own keys, whoever was opened since. */
  private static void movesOfTheFirst(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    Set<Capability> declared = bench.description().capabilitiesOf(sale.method().type());
    if (declared.contains(Capability.REFUND)) {
      RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
      bench.another(otherKeys(bench));
      Expect.outcome(Outcome.Succeeded.class, RefundRules.refund(bench, sold, bench.ten()));
    }
    if (declared.contains(Capability.CAPTURE)) {
      HoldRules.Held held = HoldRules.hold(bench);
      bench.another(otherKeys(bench));
      Expect.outcome(Outcome.Succeeded.class, HoldRules.capture(bench, held, bench.ten(), true));
    }
    if (declared.contains(Capability.VOID)) {
      HoldRules.Held held = HoldRules.hold(bench);
      bench.another(otherKeys(bench));
      Expect.outcome(Outcome.Succeeded.class, HoldRules.release(bench, held));
    }
    PaymentFacts facts = bench.charge(sale).snapshot().facts();
    bench.another(otherKeys(bench));
    bench.settle();
    bench.found(bench.gateway(), sale, facts);
  }

  /** Each verifies by its own secret, whoever was opened before. */
  private static void noticesOfEach(Bench bench) {
    if (!bench.capabilities().contains(Capability.WEBHOOKS)) {
      return;
    }
    PendingWebhook notice = WebhookRules.notice(bench, bench.sale(Script.APPROVE));
    PaymentGateway stranger = bench.another(otherKeys(bench));
    Expect.that(
        WebhookRules.receive(bench.another(), notice) instanceof WebhookAnswer.Verified,
        "With another instance open, a genuine notice was not verified.");
    boolean signs =
        bench.description().settings().stream()
            .filter(spec -> spec.kind() == SettingKind.SECRET && spec.name().contains("webhook"))
            .map(spec -> bench.provider.settings().getOrDefault(spec.name(), ""))
            .anyMatch(value -> value.contains(bench.secret));
    Expect.that(
        !signs || !(WebhookRules.receive(stranger, notice) instanceof WebhookAnswer.Verified),
        "An instance verified a notice by the webhook secret of another.");
  }

  /** Settings that are as well-formed as the right ones, and are not those. */
  static Map<String, String> otherKeys(Bench bench) {
    String other = "other" + bench.secret.substring("other".length());
    Map<String, String> settings = new TreeMap<>(bench.provider.settings());
    settings.replaceAll((name, value) -> value.replace(bench.secret, other));
    return settings;
  }
}
