package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.fake.BuiltJar;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.fake.FakeProvider;
import dev.gatehouse.gateway.GatewayCatalog.Refusal;
import dev.gatehouse.manual.ManualGatewayProvider;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayCatalogTest {
  @TempDir Path folder;

  @Test
  void the_manual_gateway_is_found_on_the_class_path_exactly_once() {
    GatewayCatalog catalog = GatewayCatalog.discover();
    assertThat(catalog.provider("manual").orElseThrow().provider())
        .isInstanceOf(ManualGatewayProvider.class);
    assertThat(catalog.refusals()).isEmpty();
  }

  @Test
  void providers_made_by_hand_join_those_that_were_found() {
    GatewayCatalog catalog = GatewayCatalog.discover().and(GatewayCatalog.of(provider("by-hand")));
    assertThat(catalog.providers().keySet()).contains("by-hand", "manual");
  }

  @Test
  void a_jar_is_found_through_its_own_class_loader_and_names_where_it_came_from() throws Exception {
    Path jar = jar("tiny", "tiny.Tiny", BuiltJar.provider("tiny", "Tiny", "tiny", ""));
    try (URLClassLoader loader = loader(jar)) {
      GatewayCatalog catalog = GatewayCatalog.discover(loader);
      assertThat(catalog.providers().keySet()).containsExactlyInAnyOrder("tiny", "manual");
      assertThat(catalog.provider("tiny").orElseThrow().source())
          .startsWith("tiny.Tiny in ")
          .contains("tiny.jar");
    }
    assertThat(GatewayCatalog.discover().providers()).doesNotContainKey("tiny");
  }

  @Test
  void discovery_does_not_look_at_the_context_class_loader() throws Exception {
    Path jar = jar("tiny", "tiny.Tiny", BuiltJar.provider("tiny", "Tiny", "tiny", ""));
    Thread current = Thread.currentThread();
    ClassLoader before = current.getContextClassLoader();
    try (URLClassLoader loader = loader(jar)) {
      current.setContextClassLoader(null);
      assertThat(GatewayCatalog.discover().providers()).containsKey("manual");
      assertThat(GatewayCatalog.discover(loader).providers()).containsKeys("manual", "tiny");
      current.setContextClassLoader(loader);
      assertThat(GatewayCatalog.discover().providers()).doesNotContainKey("tiny");
    } finally {
      current.setContextClassLoader(before);
    }
  }

  @Test
  void two_jars_with_one_id_are_both_refused_and_both_are_named_and_the_others_survive()
      throws Exception {
    Path one = jar("one", "one.First", BuiltJar.provider("one", "First", "acme", ""));
    Path two = jar("two", "two.Second", BuiltJar.provider("two", "Second", "acme", ""));
    Path good = jar("good", "good.Good", BuiltJar.provider("good", "Good", "good", ""));
    try (URLClassLoader loader = loader(one, two, good)) {
      GatewayCatalog catalog = GatewayCatalog.discover(loader);
      assertThat(catalog.providers().keySet()).containsExactlyInAnyOrder("good", "manual");
      assertThat(catalog.refusals())
          .singleElement()
          .satisfies(
              refusal -> {
                assertThat(refusal.source())
                    .contains("one.First in ", "one.jar", "two.Second in ", "two.jar");
                assertThat(refusal.reason()).contains("'acme'");
              });
    }
  }

  @Test
  void a_broken_neighbour_hides_nobody() throws Exception {
    Path broken =
        BuiltJar.onClassPath(
            folder,
            "broken",
            Map.of(
                "broken/Throws.java",
                BuiltJar.provider(
                    "broken",
                    "Throws",
                    "throws",
                    "if (true) throw new IllegalStateException(\"sk_live_canary\");"),
                "broken/Overflows.java",
                BuiltJar.provider("broken", "Overflows", "overflows", "new Overflows();"),
                "broken/NoGateway.java",
                "package broken; public class NoGateway { public NoGateway() {} }",
                "broken/Static.java",
                BuiltJar.provider("broken", "Static", "static", "")
                    .replace(
                        "public Static()",
                        "static final int NUMBER = Integer.parseInt(\"x\"); public Static()"),
                "broken/NoDefault.java",
                BuiltJar.provider("broken", "NoDefault", "no-default", "")
                    .replace("public NoDefault()", "public NoDefault(int number)")),
            "broken.Missing",
            "broken.Throws",
            "broken.Overflows",
            "broken.NoGateway",
            "broken.Static",
            "broken.NoDefault");
    Path garbled = BuiltJar.onClassPath(folder, "garbled", Map.of(), "not a class name!");
    Path good = jar("good", "good.Good", BuiltJar.provider("good", "Good", "good", ""));
    try (URLClassLoader loader = loader(garbled, broken, good)) {
      GatewayCatalog catalog = GatewayCatalog.discover(loader);
      assertThat(catalog.providers().keySet()).containsExactlyInAnyOrder("good", "manual");
      String reasons = String.join("\n", catalog.refusals().stream().map(Refusal::reason).toList());
      assertThat(reasons)
          .contains("broken.Missing", "broken.Throws", "broken.Overflows", "broken.NoGateway")
          .contains("broken.Static", "broken.NoDefault", "garbled.jar")
          .doesNotContain("sk_live_canary");
      assertThat(catalog.refusals()).hasSize(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Stripe", "stripe_eu", "-stripe", "a b", "ünï", "a\n", "../x"})
  void a_malformed_id_is_refused(String id) {
    assertThat(refusalOf(provider(id))).contains("its id must be");
  }

  @Test
  void an_id_has_at_most_32_characters() {
    assertThat(GatewayCatalog.of(provider("a".repeat(32))).refusals()).isEmpty();
    assertThat(refusalOf(provider("a".repeat(33)))).contains("its id must be");
    assertThat(refusalOf(provider("a".repeat(1_000_000)))).hasSizeLessThan(1_000);
  }

  @Test
  @SuppressWarnings("NullAway")
  void a_provider_that_cannot_describe_itself_is_refused_and_hides_nobody() {
    GatewayProvider good = provider("good");
    GatewayDescription fine = FakeProvider.bare().build();
    List<GatewayProvider> bad =
        List.of(
            new Loose(() -> null, () -> fine),
            new Loose(() -> "null-describe", () -> null),
            new Loose(
                () -> {
                  throw new IllegalStateException("sk_live_canary");
                },
                () -> fine),
            new Loose(
                () -> "throws",
                () -> {
                  throw new UncheckedTrouble();
                }),
            new Loose(
                () -> "overflows",
                () -> {
                  throw new StackOverflowError();
                }),
            new Loose(
                () -> "asserts",
                () -> {
                  throw new AssertionError("sk_live_canary");
                }));
    for (GatewayProvider provider : bad) {
      GatewayCatalog catalog = GatewayCatalog.of(provider, good);
      assertThat(catalog.providers().keySet()).containsExactly("good");
      assertThat(catalog.refusals())
          .singleElement()
          .satisfies(
              refusal -> {
                assertThat(refusal.source()).contains(Loose.class.getName());
                assertThat(refusal.reason()).isNotBlank().doesNotContain("sk_live_canary");
              });
    }
  }

  static Stream<GatewayDescription.Builder> descriptions_that_make_no_sense() {
    return Stream.of(
        GatewayDescription.builder("", "1").method(MethodSpec.withToken("card")),
        GatewayDescription.builder("Fake", " ").method(MethodSpec.withToken("card")),
        GatewayDescription.builder("Fake", "1"),
        GatewayDescription.builder("Fake", "1").method(MethodSpec.withToken("Credit Card")),
        FakeProvider.bare().descriptionLimit(-1),
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.AUTHORIZE)),
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.PARTIAL_REFUND)),
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.PARTIAL_CAPTURE)),
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.MULTIPLE_CAPTURES, Capability.CAPTURE)),
        // Coherent as a whole, and not for cards: held money could never be taken.
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.AUTHORIZE))
            .method(MethodSpec.withoutToken("giro", Capability.CAPTURE, Capability.VOID)),
        FakeProvider.bare().recovers(OperationKind.COMPLETE, Recovery.none()),
        FakeProvider.bare().recovers(OperationKind.REFUND, Recovery.byId(Duration.ZERO)),
        FakeProvider.bare().setting(SettingSpec.required("Key", SettingKind.TEXT, "x")),
        FakeProvider.bare()
            .setting(SettingSpec.required("key", SettingKind.TEXT, "x"))
            .setting(SettingSpec.required("key", SettingKind.TEXT, "x")),
        FakeProvider.bare()
            .setting(SettingSpec.required("key", SettingKind.SECRET, "x").visibleToBrowser()),
        FakeProvider.bare()
            .setting(SettingSpec.optional("key", SettingKind.SECRET, "x").orElse("changeme")));
  }

  @ParameterizedTest
  @MethodSource("descriptions_that_make_no_sense")
  void a_description_that_makes_no_sense_is_refused(GatewayDescription.Builder description) {
    FakeProvider provider =
        new FakeProvider("fake", description.build(), (s, e) -> new FakeGateway());
    assertThat(refusalOf(provider)).isNotBlank();
  }

  @Test
  void a_method_under_the_name_of_another_is_refused() {
    GatewayDescription d = FakeProvider.bare().build();
    GatewayDescription mixed =
        new GatewayDescription(
            d.name(),
            d.version(),
            new TreeMap<>(Map.of("card", MethodSpec.withToken("giro"))),
            d.gatewayCapabilities(),
            d.currencies(),
            d.recovery(),
            d.settings(),
            d.descriptionLimit());
    assertThat(refusalOf(new FakeProvider("fake", mixed, (s, e) -> new FakeGateway())))
        .contains("'giro' is declared under 'card'");
  }

  @Test
  void a_description_that_begins_with_another_differs_in_what_is_said() {
    GatewayDescription full = FakeProvider.full().build();
    assertThat(full.toBuilder().build()).isEqualTo(full);
    GatewayDescription changed =
        full.toBuilder().recovers(OperationKind.VOID, Recovery.none()).descriptionLimit(7).build();
    assertThat(changed.recoveryOf(OperationKind.VOID)).isEqualTo(Recovery.none());
    assertThat(changed.descriptionLimit()).isEqualTo(7);
    assertThat(changed.methods()).isEqualTo(full.methods());
    assertThat(full.descriptionLimit()).isNotEqualTo(7);
  }

  /** Added to an instant, they would overflow; an operation in doubt would then hang for ever. */
  static Stream<Recovery> recoveries_without_a_usable_time() {
    return Stream.of(
        Recovery.byReplay(ChronoUnit.FOREVER.getDuration()),
        Recovery.byReplay(Duration.ofDays(400).plusNanos(1)),
        Recovery.byReplay(Duration.ofNanos(-1)),
        Recovery.byId(ChronoUnit.FOREVER.getDuration()),
        Recovery.byListing(Duration.ofDays(400).plusNanos(1)),
        Recovery.byListing(Duration.ofNanos(-1)).orReplayWithin(Duration.ofDays(1)));
  }

  @ParameterizedTest
  @MethodSource("recoveries_without_a_usable_time")
  void a_recovery_whose_time_no_clock_can_count_is_refused(Recovery recovery) {
    assertThat(refusalOf(recovering(recovery))).contains("REFUND", "declare 0 to 400 days");
  }

  @Test
  void recoveries_of_no_time_and_of_the_longest_are_accepted() {
    Duration longest = Duration.ofDays(400);
    for (Recovery recovery :
        List.of(
            Recovery.byId(Duration.ZERO).orReplayWithin(longest), Recovery.byListing(longest))) {
      assertThat(GatewayCatalog.of(recovering(recovery)).refusals()).isEmpty();
    }
  }

  private static FakeProvider recovering(Recovery recovery) {
    GatewayDescription description =
        FakeProvider.bare().can(Capability.REFUND).recovers(OperationKind.REFUND, recovery).build();
    return new FakeProvider("fake", description, (s, e) -> new FakeGateway());
  }

  @Test
  void capabilities_of_the_gateway_count_for_each_payment_method() {
    GatewayDescription description =
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.AUTHORIZE))
            .can(Capability.CAPTURE, Capability.VOID)
            .build();
    assertThat(description.capabilitiesOf("card"))
        .containsExactlyInAnyOrder(Capability.AUTHORIZE, Capability.CAPTURE, Capability.VOID);
    assertThat(description.capabilitiesOf("giro")).isEmpty();
    assertThat(
            GatewayCatalog.of(new FakeProvider("fake", description, (s, e) -> new FakeGateway()))
                .refusals())
        .isEmpty();
  }

  @Test
  void a_catalog_says_what_it_found_and_what_it_refused_and_what_to_do() {
    GatewayCatalog catalog = GatewayCatalog.of(provider("good"), provider("Not An Id"));
    assertThat(catalog.toString())
        .startsWith("GatewayCatalog[good; refused: dev.gatehouse.fake.FakeProvider")
        .contains("its id must be", "take another version of it");
    assertThat(catalog.refusals()).allSatisfy(r -> assertThat(r.remedy()).isNotBlank());
    assertThat(GatewayCatalog.of()).hasToString("GatewayCatalog[]");
  }

  @Test
  void a_description_cannot_be_changed_by_whoever_made_it() {
    TreeMap<String, MethodSpec> methods =
        new TreeMap<>(Map.of("card", MethodSpec.withToken("card")));
    GatewayDescription description =
        new GatewayDescription(
            "Fake", "1", methods, Set.of(), CurrencyProfile.iso(), Map.of(), List.of(), 10);
    methods.clear();
    assertThat(description.methods()).containsKey("card");
  }

  private static final class UncheckedTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A provider whose answers are made when asked for. */
  private record Loose(Supplier<String> name, Supplier<GatewayDescription> description)
      implements GatewayProvider {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String id() {
      return name.get();
    }

    @Override
    public GatewayDescription describe() {
      return description.get();
    }

    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      throw new InvalidInputException(List.of());
    }
  }

  private static String refusalOf(GatewayProvider provider) {
    GatewayCatalog catalog = GatewayCatalog.of(provider);
    assertThat(catalog.providers()).isEmpty();
    assertThat(catalog.refusals()).hasSize(1);
    return catalog.refusals().get(0).reason();
  }

  private static FakeProvider provider(String id) {
    return FakeProvider.bare(id, new FakeGateway());
  }

  private Path jar(String name, String service, String source) {
    return BuiltJar.onClassPath(
        folder, name, Map.of(service.replace('.', '/') + ".java", source), service);
  }

  private static URLClassLoader loader(Path... jars) throws IOException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toUri().toURL();
    }
    return new URLClassLoader(urls, GatewayCatalogTest.class.getClassLoader());
  }
}
