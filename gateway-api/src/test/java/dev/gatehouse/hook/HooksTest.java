package dev.gatehouse.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.ReplayEvent;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.EventHeader;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.fake.HookOfSettings;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final String CANARY = "tok_canary_4711";
  private static final CustomerId ANN = new CustomerId("ann");

  private final HookOfSettings provider = new HookOfSettings();

  private static HookConfigs configs(Map<String, String> properties) {
    return HookConfigs.collect().properties(properties);
  }

  private Hooks open(HookConfigs configs) {
    return Hooks.open(
        HookCatalog.of(provider),
        configs,
        HttpTransport.create(HttpOptions.defaults()),
        Clock.systemUTC(),
        Duration.ofSeconds(1));
  }

  private List<Problem> problems(HookConfigs configs) {
    return catchThrowableOfType(ConfigurationException.class, () -> open(configs)).problems();
  }

  @Test
  void two_instances_of_one_provider_have_their_own_ids_and_settings() {
    HookConfigs configs =
        configs(Map.of("hook.eu.provider", "noting", "gateway.x.mode", "not looked at"))
            .environment(
                Map.of(
                    "HOOK_EU_TOKEN",
                    CANARY,
                    "HOOK_US_PROVIDER",
                    "noting",
                    "HOOK_US_TOKEN",
                    CANARY,
                    "HOOK_US_COLOUR",
                    "blue"));

    try (Gatehouse house = house(configs)) {
      house.register(new RegisterCustomer(ANN, new Person("Ann", "ann@a.example", Locale.ROOT)));
      house.runDueWork();

      assertThat(provider.told)
          .containsExactlyInAnyOrder(
              "eu red CustomerCreated {}", "us blue CustomerCreated {id-in-eu=7}");
      assertThat(house.customer(ANN).metadata()).containsOnlyKeys("id-in-eu", "id-in-us");
    }
    assertThat(provider.closed).containsExactlyInAnyOrder("eu", "us");
  }

  @Test
  void what_is_wrong_with_any_instance_is_told_at_once_by_setting_and_without_a_secret() {
    List<Problem> problems =
        problems(
            configs(
                    Map.of(
                        "hook.a.provider", "noting",
                        "hook.b.provider", "noting",
                        "hook.b.token", "wrong-" + CANARY,
                        "hook.c.colour", "red",
                        "hook.d.provider", "notin"))
                .properties(
                    Map.of(
                        "hook.e.provider", "noting",
                        "hook.e.token", CANARY,
                        "hook.e.test-events", "maybe",
                        "hook.f.provider", "noting",
                        "hook.f.token", CANARY,
                        "hook.f.color", "red")));

    assertThat(problems.stream().map(Problem::describe))
        .anyMatch(p -> p.contains("'token' of hook 'a' is missing") && p.contains("HOOK_A_TOKEN"))
        .anyMatch(p -> p.startsWith("token") && p.contains("hook 'b'"))
        .anyMatch(p -> p.startsWith("colour") && p.contains("hook 'b'"))
        .anyMatch(p -> p.contains("'provider' of hook 'c' is missing"))
        .anyMatch(p -> p.contains("did you mean 'noting'?"))
        .anyMatch(p -> p.contains("'test-events' of hook 'e' is neither on nor off"))
        .anyMatch(p -> p.contains("did you mean 'colour'?"))
        .hasSize(7)
        .noneMatch(p -> p.contains(CANARY));
  }

  @Test
  void if_one_is_refused_the_others_are_closed_again() {
    assertThatThrownBy(
            () ->
                open(
                    HookConfigs.collect()
                        .add(HookConfig.live("a", "noting", Map.of("token", CANARY)))
                        .add(HookConfig.live("a", "noting", Map.of("token", CANARY)))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("two hooks are configured under this id")
        .hasMessageNotContaining(CANARY);
    assertThat(provider.closed).containsExactly("a");
  }

  @Test
  void an_instance_that_has_the_id_of_another_hook_is_refused() {
    assertThatThrownBy(
            () ->
                Gatehouse.builder()
                    .catalog(GatewayCatalog.of())
                    .hookCatalog(HookCatalog.of(provider))
                    .hook(Hook.named("a"))
                    .hooks(
                        HookConfigs.collect()
                            .add(HookConfig.live("a", "noting", Map.of("token", CANARY))))
                    .build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("the id of two hooks");
    assertThat(provider.closed).containsExactly("a");
  }

  @Test
  void two_providers_with_one_id_are_both_refused_by_name() {
    HookCatalog catalog = HookCatalog.of(provider, new HookOfSettings());

    assertThat(catalog.ids()).isEmpty();
    assertThat(catalog.refused()).singleElement().asString().contains("all have the id 'noting'");
  }

  @Test
  void test_mode_is_heard_of_only_by_who_is_told_to() {
    HookConfig config = HookConfig.live("a", "noting", Map.of("token", CANARY));
    try (Hooks live = open(HookConfigs.collect().add(config));
        Hooks test = open(HookConfigs.collect().add(config.withTestEvents()))) {
      assertThat(wants(live, Optional.of(Mode.LIVE))).isTrue();
      assertThat(wants(live, Optional.empty())).as("free").isTrue();
      assertThat(wants(live, Optional.of(Mode.TEST))).isFalse();
      assertThat(wants(test, Optional.of(Mode.TEST))).isTrue();
    }
  }

  private static boolean wants(Hooks hooks, Optional<Mode> mode) {
    LifecycleEvent event =
        new CheckoutCompleted(
            new EventHeader("e", Instant.EPOCH, "ann", Optional.of(ANN), mode),
            new CheckoutId("chk_1"),
            Money.parse("EUR 10.00"),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return hooks.hooks().get(0).wants(event);
  }

  @Test
  void nothing_that_is_printed_shows_a_value() {
    HookConfig config = HookConfig.live("a", "noting", Map.of("token", CANARY)).withTestEvents();

    assertThat(config).hasToString("HookConfig[a, noting, test events, [token]]");
    assertThat(HookConfigs.collect().add(config).set("b", "token", CANARY).toString())
        .doesNotContain(CANARY);
  }

  @Test
  void what_hooks_kept_of_a_customer_is_there_until_each_was_told_of_the_erasure() {
    HookConfigs two =
        HookConfigs.collect()
            .add(HookConfig.live("crm", "noting", Map.of("token", CANARY)))
            .add(HookConfig.live("other", "noting", Map.of("token", CANARY)));
    try (Gatehouse house = house(two)) {
      house.register(new RegisterCustomer(ANN, new Person("Ann", "ann@a.example", Locale.ROOT)));
      house.runDueWork();
      provider.told.clear();
      provider.answer = new HookResult.Park("not now");

      house.operations().erase(new EraseCustomer(ANN, "operator", "asked for it"));
      house.runDueWork();

      assertThat(house.customer(ANN).isErased()).isTrue();
      assertThat(house.customer(ANN).metadata()).containsOnlyKeys("id-in-crm", "id-in-other");
      assertThat(house.customer(ANN).forgetting()).containsExactly("crm", "other");
      assertThat(provider.told)
          .containsExactlyInAnyOrder(
              "crm red CustomerErased {id-in-crm=7, id-in-other=7}",
              "other red CustomerErased {id-in-crm=7, id-in-other=7}");

      provider.answer = HookResult.delivered();
      house.operations().replay(new ReplayEvent("crm", "ann/erased", "op", "r"));
      house.runDueWork();
      assertThat(house.customer(ANN).forgetting()).containsExactly("other");
      assertThat(house.customer(ANN).metadata()).isNotEmpty();

      house.operations().replay(new ReplayEvent("other", "ann/erased", "op", "r"));
      house.runDueWork();
      assertThat(house.customer(ANN).forgetting()).isEmpty();
      assertThat(house.customer(ANN).metadata()).isEmpty();
    }
  }

  private Gatehouse house(HookConfigs configs) {
    return Gatehouse.builder()
        .catalog(GatewayCatalog.of())
        .hookCatalog(HookCatalog.of(provider))
        .hooks(configs)
        .build();
  }
}
