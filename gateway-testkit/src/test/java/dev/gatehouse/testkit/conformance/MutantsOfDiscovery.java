package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantMeans.around;
import static dev.gatehouse.testkit.conformance.MutantMeans.describes;
import static dev.gatehouse.testkit.conformance.MutantMeans.opens;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Gateways that are found, described, configured or closed in a wrong way. */
final class MutantsOfDiscovery {
  private static final String KEY = ReferenceGatewayProvider.SECRET_KEY;

  private MutantsOfDiscovery() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "NamesNoService",
            "No file under META-INF/services names it.",
            MutantProvider::new,
            "GW-DISC-01"),
        Mutant.of(
            "ShoutsItsId",
            "Its id has a capital and an underscore.",
            whole -> named(whole, n -> "Reference_1"),
            "GW-DISC-02",
            "GW-DISC-04"),
        Mutant.of(
            "HasANewIdEachTime",
            "It counts its ids.",
            whole -> named(whole, n -> "reference-" + n),
            "GW-DISC-02"),
        Mutant.of(
            "IsNotTheOneThatWasAskedFor",
            "Its id is not the one that its target names.",
            whole -> named(whole, n -> "preference"),
            "GW-DISC-02"),
        Mutant.of(
            "DescribesItselfAnew",
            "Its name has a counter in it.",
            counted((whole, n) -> builder(whole, whole.name() + n).build()),
            "GW-DISC-03"),
        Mutant.of(
            "ChangesItsMindOfRecovery",
            "What it says of recovery differs from time to time.",
            counted(
                (whole, n) ->
                    whole.toBuilder()
                        .recovers(OperationKind.CHARGE, Recovery.byListing(Duration.ofSeconds(n)))
                        .build()),
            "GW-DISC-03"),
        Mutant.of(
            "DescribesWhatWasOpened",
            "Its name has a mark once an instance of it was opened.",
            MutantsOfDiscovery::marked,
            "GW-DISC-03"),
        Mutant.of(
            "DescribesNothing",
            "describe() returns null.",
            describes(MutantsOfDiscovery::nothing),
            "GW-DISC-03",
            "GW-DISC-04"),
        Mutant.of(
            "ContradictsItself",
            "It declares several captures, and not that captures may be partial.",
            describes(whole -> without(whole, Set.of(Capability.PARTIAL_CAPTURE))),
            "GW-DISC-04"),
        Mutant.of(
            "PromisesReports",
            "It declares operator reports, and does not implement them.",
            describes(whole -> whole.toBuilder().can(Capability.OPERATOR_REPORTS).build()),
            "GW-DISC-05"),
        Mutant.of(
            "HidesItsWebhooks",
            "It implements webhooks, and does not declare them.",
            describes(whole -> without(whole, Set.of(Capability.WEBHOOKS))),
            "GW-DISC-05"),
        Mutant.of(
            "ConnectsWhenItOpens",
            "It asks the provider something when it is opened.",
            opens(MutantsOfDiscovery::connecting),
            "GW-CONF-01"),
        Mutant.of(
            "OpensNothing",
            "open() returns null.",
            opens((whole, settings, environment) -> nothing(whole)),
            "GW-CONF-01"),
        Mutant.of(
            "QuotesTheWrongKey",
            "It says which key is wrong by showing it.",
            refuses(key -> new ConfigurationException(problem(KEY, "'" + key + "' is wrong"))),
            "GW-CONF-02"),
        Mutant.of(
            "BlamesNoSetting",
            "It says that something is wrong, and not what.",
            refuses(key -> new ConfigurationException(problem("settings", "something is wrong"))),
            "GW-CONF-02"),
        Mutant.of(
            "ThrowsWhateverAtAWrongKey",
            "It throws an IllegalArgumentException at a wrong key.",
            refuses(key -> new IllegalArgumentException("key")),
            "GW-CONF-02"),
        Mutant.of(
                "NeedsWhatItCallsOptional",
                "It does not open without a setting that it calls optional.",
                opens(MutantsOfDiscovery::demanding),
                "GW-CONF-03")
            .set(ReferenceGatewayProvider.PUBLISHABLE_KEY, "pk_test_1"),
        Mutant.of(
            "ClosesOnlyOnce",
            "It throws when it is closed again.",
            around(MutantsOfDiscovery::closingOnce),
            "GW-CONF-04"),
        Mutant.of(
            "ThrowsWhenClosed",
            "It throws whenever it is closed.",
            around(
                whole ->
                    new MutantGateway(whole) {
                      @Override
                      public void close() {
                        throw new IllegalStateException("not now");
                      }
                    }),
            "GW-CONF-04"),
        Mutant.of(
            "SharesOneClient",
            "Its instances share a client that the first to be closed closes.",
            MutantsOfDiscovery::sharing,
            "GW-CONF-05"),
        Mutant.of(
            "KeepsTheFirstKey",
            "The first key that it is opened with is everybody's.",
            MutantsOfDiscovery::keeping,
            "GW-CONF-05"),
        Mutant.of(
            "KeepsTheLastKey",
            "The last key that it is opened with is everybody's.",
            MutantsOfDiscovery::overwriting,
            "GW-CONF-05"),
        Mutant.of(
            "RefundsByTheLastOpened",
            "Whichever instance is asked, the one that was opened last refunds.",
            MutantsOfDiscovery::refundingByTheLast,
            "GW-CONF-05"));
  }

  /** What the types forbid and callers meet all the same. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing(Object instead) {
    return null;
  }

  private static GatewayProvider named(GatewayProvider whole, Function<Integer, String> id) {
    AtomicInteger times = new AtomicInteger();
    return new MutantProvider(whole) {
      @Override
      public String id() {
        return id.apply(times.incrementAndGet());
      }
    };
  }

  private static UnaryOperator<GatewayProvider> counted(
      BiFunction<GatewayDescription, Integer, GatewayDescription> how) {
    return whole -> {
      AtomicInteger times = new AtomicInteger();
      return describes(description -> how.apply(description, times.incrementAndGet())).apply(whole);
    };
  }

  private static GatewayDescription.Builder builder(GatewayDescription whole, String name) {
    GatewayDescription.Builder builder =
        GatewayDescription.builder(name, whole.version())
            .currencies(whole.currencies())
            .descriptionLimit(whole.descriptionLimit());
    whole.recovery().forEach(builder::recovers);
    whole.settings().forEach(builder::setting);
    whole.methods().values().forEach(builder::method);
    return builder.can(whole.gatewayCapabilities().toArray(Capability[]::new));
  }

  /** Without these capabilities, however contradictory that is. */
  static GatewayDescription without(GatewayDescription whole, Set<Capability> hidden) {
    Map<String, MethodSpec> methods = new HashMap<>();
    whole
        .methods()
        .forEach(
            (type, spec) ->
                methods.put(
                    type,
                    new MethodSpec(
                        type,
                        spec.token(),
                        spec.needsReturnUrl(),
                        Set.of(left(spec.capabilities(), hidden)))));
    GatewayDescription.Builder builder =
        GatewayDescription.builder(whole.name(), whole.version())
            .currencies(whole.currencies())
            .descriptionLimit(whole.descriptionLimit())
            .can(left(whole.gatewayCapabilities(), hidden));
    whole.recovery().entrySet().stream()
        .filter(entry -> entry.getKey().needs().filter(hidden::contains).isEmpty())
        .forEach(entry -> builder.recovers(entry.getKey(), entry.getValue()));
    whole.settings().forEach(builder::setting);
    methods.values().forEach(builder::method);
    return builder.build();
  }

  private static Capability[] left(Set<Capability> all, Set<Capability> hidden) {
    return all.stream().filter(one -> !hidden.contains(one)).toArray(Capability[]::new);
  }

  static PaymentGateway connecting(
      GatewayProvider whole, GatewaySettings settings, GatewayEnvironment environment) {
    URI health = URI.create(settings.required(ReferenceGatewayProvider.BASE_URL) + "/v1/health");
    HttpRequest request = new HttpRequest("GET", health, HttpHeaders.none(), new byte[0]);
    environment.http().send(request, Duration.ofSeconds(1));
    return whole.open(settings, environment);
  }

  private static Problem problem(String field, String message) {
    return new Problem(field, "wrong", message, "set it right");
  }

  /** Refuses a malformed key so. */
  private static UnaryOperator<GatewayProvider> refuses(Function<String, RuntimeException> how) {
    return opens(
        (whole, settings, environment) -> {
          try {
            return whole.open(settings, environment);
          } catch (ConfigurationException e) {
            throw how.apply(settings.text(KEY).orElse(""));
          }
        });
  }

  private static PaymentGateway demanding(
      GatewayProvider whole, GatewaySettings settings, GatewayEnvironment environment) {
    settings.required(ReferenceGatewayProvider.PUBLISHABLE_KEY);
    return whole.open(settings, environment);
  }

  private static PaymentGateway closingOnce(PaymentGateway whole) {
    AtomicBoolean closed = new AtomicBoolean();
    return new MutantGateway(whole) {
      @Override
      public void close() {
        if (closed.getAndSet(true)) {
          throw new IllegalStateException("closed already");
        }
        behind.close();
      }
    };
  }

  private static GatewayProvider sharing(GatewayProvider provider) {
    AtomicBoolean closed = new AtomicBoolean();
    return around(
            whole ->
                new MutantGateway(whole) {
                  @Override
                  public Outcome charge(ChargeRequest request) {
                    return closed.get()
                        ? new Outcome.NotSent(Failure.of(ErrorCategory.NOT_SENT, "", "closed"))
                        : behind.charge(request);
                  }

                  @Override
                  public void close() {
                    closed.set(true);
                  }
                })
        .apply(provider);
  }

  private static GatewayProvider keeping(GatewayProvider provider) {
    AtomicReference<GatewaySettings> first = new AtomicReference<>();
    return opens(
            (whole, settings, environment) -> {
              first.compareAndSet(null, settings);
              return whole.open(first.get(), environment);
            })
        .apply(provider);
  }

  private static GatewayProvider overwriting(GatewayProvider provider) {
    AtomicReference<GatewaySettings> last = new AtomicReference<>();
    return opens(
            (whole, settings, environment) -> {
              last.set(settings);
              return new MutantGateway(whole.open(settings, environment)) {
                @Override
                public Outcome charge(ChargeRequest request) {
                  return whole.open(last.get(), environment).charge(request);
                }
              };
            })
        .apply(provider);
  }

  private static GatewayProvider marked(GatewayProvider whole) {
    AtomicBoolean opened = new AtomicBoolean();
    return new MutantProvider(whole) {
      @Override
      public GatewayDescription describe() {
        GatewayDescription all = behind.describe();
        return opened.get() ? builder(all, all.name() + " (open)").build() : all;
      }

      @Override
      public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
        opened.set(true);
        return behind.open(settings, environment);
      }
    };
  }

  private static GatewayProvider refundingByTheLast(GatewayProvider whole) {
    AtomicReference<PaymentGateway> last = new AtomicReference<>();
    return MutantMeans.around(
            opened -> {
              last.set(opened);
              return new MutantGateway(opened) {
                @Override
                public Outcome refund(RefundRequest request) {
                  return Capability.in(last.get(), RefundsPayments.class)
                      .orElseThrow()
                      .refund(request);
                }
              };
            })
        .apply(whole);
  }
}
