package dev.gatehouse.testkit.conformance;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keys that are wrong, of the other mode, or nobody's. */
final class CredentialRules {
  private CredentialRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-CONF-06", Group.CONFIGURATION)
            .rule("Of several settings that are malformed, all are named at once.")
            .why("Each restart of a shop shows one mistake more, and the shop is down meanwhile.")
            .remedy("Collect the problems, and throw one ConfigurationException with all of them.")
            .by(CredentialRules::allAtOnce),
        Rule.must("GW-CONF-07", Group.CONFIGURATION)
            .rule("What it is opened with in test mode, it refuses in live mode.")
            .why("A shop that is live with test keys ships for money that nobody pays.")
            .remedy(
                "Hold the key's prefix against environment.mode(); if keys don't tell, ask for"
                    + " the site in a setting of its own.")
            .by(CredentialRules::testKeysInLiveMode),
        Rule.must("GW-CONF-08", Group.CONFIGURATION)
            .rule("What it is opened with in live mode, it refuses in test mode.")
            .why("A trial run with live keys charges real customers.")
            .remedy("Hold the key's prefix against environment.mode(), in both directions.")
            .by(CredentialRules::liveKeysInTestMode),
        Rule.must("GW-CONF-09", Group.CONFIGURATION)
            .rule(
                "Keys that the provider refuses, or that lack a permission, are a failure of"
                    + " authentication, no decline, and not tried again.")
            .why("Customers would be told that their cards are bad, and the operator nothing.")
            .remedy(
                "Map 401 and 403 to NotSent with ErrorCategory.AUTHENTICATION, and name the"
                    + " setting.")
            .by(CredentialRules::refusedKeys),
        Rule.must("GW-CONF-10", Group.CONFIGURATION)
            .rule("An address that is set with a path is used with that path, or refused.")
            .why(
                "A shop that reaches the provider through a path of its own proxy would send its"
                    + " keys to whatever else is at that address.")
            .remedy("Append to the address, as resolving against it drops the path.")
            .by(CredentialRules::addressWithAPath));
  }

  private static void addressWithAPath(Bench bench) {
    Map<String, String> settings = new TreeMap<>(bench.provider.settings());
    String usual = usualAddress(bench);
    List<String> addresses = new ArrayList<>();
    for (SettingSpec spec : bench.description().settings()) {
      if (spec.kind() == SettingKind.URL) {
        String address = settings.getOrDefault(spec.name(), usual) + "/by/the/proxy";
        settings.put(spec.name(), address);
        addresses.add(address + "/");
      }
    }
    if (!addresses.isEmpty() && refusal(bench, settings, Mode.TEST).isEmpty()) {
      Bench.told("charge", bench.another(settings).charge(bench.sale(Script.APPROVE)));
      for (HttpRequest request : bench.network.sent()) {
        Expect.that(
            addresses.stream().anyMatch(request.uri().toString()::startsWith),
            "A request went to " + request.uri() + ", where " + addresses + " is set.");
      }
    }
  }

  /** Where a charge goes if nobody says where. */
  private static String usualAddress(Bench like) {
    try (Bench bench = like.fresh()) {
      bench.gateway().charge(bench.sale(Script.APPROVE));
      return bench.network.sent().stream()
          .map(request -> request.uri().resolve("/").toString().replaceAll("/$", ""))
          .findFirst()
          .orElse("");
    }
  }

  private static void allAtOnce(Bench bench) {
    List<String> refused = new ArrayList<>();
    for (SettingSpec spec : bench.description().settings()) {
      boolean checkedByTheGateway =
          spec.kind() == SettingKind.SECRET || spec.kind() == SettingKind.TEXT;
      if (checkedByTheGateway
          && ConfigurationRules.refusal(bench, List.of(spec.name())).isPresent()) {
        refused.add(spec.name());
      }
    }
    // One alone is told at once whatever the gateway does.
    if (refused.size() > 1) {
      ConfigurationRules.demandNamed(
          ConfigurationRules.refusal(bench, refused).orElseThrow(), refused);
    }
  }

  private static void testKeysInLiveMode(Bench bench) {
    ConfigurationRules.secrets(bench);
    demandRefused(bench, bench.provider.settings(), Mode.LIVE);
  }

  private static void liveKeysInTestMode(Bench bench) {
    ConfigurationRules.secrets(bench);
    Map<String, String> live = bench.target.liveSettings(bench.provider);
    if (refusal(bench, live, Mode.LIVE).isPresent()) {
      throw new NotVerifiable("the target has no liveSettings() that open in live mode");
    }
    demandRefused(bench, live, Mode.TEST);
    // Each alone, as one that is refused hides another that is not.
    for (SettingSpec spec : ConfigurationRules.secrets(bench)) {
      Map<String, String> mixed = new TreeMap<>(bench.provider.settings());
      String other = live.get(spec.name());
      if (other != null && !other.equals(mixed.put(spec.name(), other))) {
        demandRefused(bench, mixed, Mode.TEST);
      }
    }
  }

  private static void demandRefused(Bench bench, Map<String, String> settings, Mode mode) {
    ConfigurationException refusal =
        refusal(bench, settings, mode)
            .orElseThrow(
                () -> new AssertionError("It opens in mode " + mode + " with the other's keys."));
    List<String> known = bench.description().settings().stream().map(SettingSpec::name).toList();
    Expect.that(
        refusal.problems().stream().map(Problem::field).anyMatch(known::contains),
        "The problems name no setting: " + refusal.problems() + ".");
    Expect.that(
        !(refusal + refusal.problems().toString()).contains(bench.secret),
        "The exception shows the secret.");
  }

  private static Optional<ConfigurationException> refusal(
      Bench bench, Map<String, String> settings, Mode mode) {
    GatewayEnvironment environment =
        new GatewayEnvironment(
            new GatewayInstanceId("main"), mode, bench.network, bench.clock, Bench.TIME_LIMIT);
    try {
      Bench.told("open", bench.provider.gateway().open(bench.settings(settings), environment))
          .close();
      return Optional.empty();
    } catch (ConfigurationException e) {
      return Optional.of(e);
    }
  }

  private static void refusedKeys(Bench bench) {
    // A token that has run out is fetched anew, once.
    demandNotDecided(bench, Fault.UNAUTHORIZED, 2);
    demandNotDecided(bench, Fault.FORBIDDEN, 1);
    strangersKeys(bench);
  }

  /** Without the provider's own words in it, it may be somebody's between, and Unknown. */
  private static void demandNotDecided(Bench like, Fault fault, int most) {
    try (Bench bench = like.fresh()) {
      ChargeRequest sale = bench.sale(Script.APPROVE);
      bench.network.strikeEveryActing(fault);
      Outcome outcome = Bench.told("charge", bench.gateway().charge(sale));
      Expect.that(
          outcome instanceof Outcome.Unknown
              || outcome instanceof Outcome.NotSent not
                  && not.failure().category() == ErrorCategory.AUTHENTICATION,
          "A charge that met " + fault + " was answered with " + Words.of(outcome) + ".");
      int sent = bench.network.acting().size();
      Expect.that(
          sent <= most, "A charge that met " + fault + " was sent " + sent + " times by itself.");
    }
  }

  private static void strangersKeys(Bench bench) {
    ConfigurationRules.secrets(bench);
    Outcome outcome =
        Bench.told(
            "charge",
            bench.another(ConfigurationRules.otherKeys(bench)).charge(bench.sale(Script.APPROVE)));
    if (!bench.ledger().charges().isEmpty()) {
      throw new NotVerifiable("the target's provider takes any key");
    }
    Expect.equal(
        "The category of " + Words.of(outcome),
        Optional.of(ErrorCategory.AUTHENTICATION),
        failure(outcome).map(Failure::category));
  }

  private static Optional<Failure> failure(Outcome outcome) {
    if (outcome instanceof Outcome.NotSent notSent) {
      return Optional.of(notSent.failure());
    }
    return outcome instanceof Outcome.Unknown unknown
        ? Optional.of(unknown.failure())
        : Optional.empty();
  }
}
