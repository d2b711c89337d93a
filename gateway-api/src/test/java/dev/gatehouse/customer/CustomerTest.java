package dev.gatehouse.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fake.Nonsense;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway")
class CustomerTest {
  private static final Customer ANN =
      Customer.registered(
          new CustomerId("ann"),
          new Person("Ann", "ann@example.org", Locale.ENGLISH),
          Instant.EPOCH);
  private static final StoredMethod CARD = new StoredMethod(new GatewayInstanceId("main"), "pm_1");

  @Test
  void erasing_forgets_everything_but_that_there_was_a_customer() {
    Customer erased = ANN.with("crm", "7").with(CARD).atVersion(3).erased();

    assertThat(erased.isErased()).isTrue();
    assertThat(erased.metadata()).isEmpty();
    assertThat(erased.storedMethods()).isEmpty();
    assertThat(erased.id()).isEqualTo(ANN.id());
    assertThat(erased.version()).isEqualTo(3);
    assertThat(erased.erased()).isEqualTo(erased);
  }

  @Test
  void nothing_can_be_kept_about_an_erased_customer() {
    Customer erased = ANN.erased();
    assertThatThrownBy(() -> erased.with("crm", "7")).isInstanceOf(InvalidStateException.class);
    assertThatThrownBy(() -> erased.with(CARD)).isInstanceOf(InvalidStateException.class);
  }

  @Test
  void an_erasure_waits_for_hooks_elsewhere_that_keep_something() {
    Customer kept = ANN.with("crm", "7").keptBy("crm");
    assertThat(kept.forgottenBy("crm")).as("nobody asked for that").isEqualTo(kept);

    Customer erased = kept.erased(Set.of("kafka"));
    assertThat(erased.forgetting()).containsExactly("crm", "kafka");
    assertThat(erased.forgottenBy("kafka").metadata()).containsEntry("crm", "7");
    assertThat(erased.forgottenBy("kafka").forgottenBy("crm").metadata()).isEmpty();
    assertThat(erased.forgottenBy("kafka").erased(Set.of("kafka")).metadata())
        .as("erased again, it waits only for who is here")
        .isEmpty();
    assertThat(kept.erased(Set.of()).metadata()).as("nobody hears of it").isEmpty();
  }

  @Test
  void a_method_that_is_removed_takes_nothing_else_along() {
    Attributed visit = new Attributed(new CheckoutId("chk_1"), Attribution.none().client("c-1"));
    Customer customer = ANN.with(CARD).with(visit).keptBy("crm").without(CARD);

    assertThat(customer).isEqualTo(ANN.with(visit).keptBy("crm"));
  }

  @Test
  void every_problem_of_a_piece_of_metadata_is_named_and_none_is_shown() {
    String hostile = "4111 1111 1111 1111";
    InvalidInputException refused =
        catchThrowableOfType(InvalidInputException.class, () -> ANN.with(hostile, hostile + "\n"));
    assertThat(refused.problems())
        .extracting(Problem::code)
        .containsExactly("metadata.key", "single-line", "card-number", "card-number");
    assertThat(refused.toString()).doesNotContain("4111");
  }

  @Test
  void nonsense_is_no_metadata_key() {
    for (String key : Nonsense.TEXTS) {
      assertThatThrownBy(() -> ANN.with(key, "v")).isInstanceOf(InvalidInputException.class);
    }
    assertThatThrownBy(() -> ANN.with(null, "v")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ANN.with("k", null)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ANN.with((StoredMethod) null))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void a_long_number_that_passes_for_a_card_number_is_kept_with_a_letter_before_it() {
    assertThatThrownBy(() -> ANN.with("id", "8515131751004940"))
        .isInstanceOf(InvalidInputException.class);
    assertThat(ANN.with("id", "c8515131751004940").metadata()).hasSize(1);
  }

  @Test
  void what_a_customer_was_made_of_cannot_be_changed_from_outside() {
    TreeMap<String, String> metadata = new TreeMap<>();
    TreeSet<StoredMethod> methods = new TreeSet<>(List.of(CARD));
    Customer customer =
        new Customer(ANN.id(), 0, ANN.person(), metadata, methods, ANN.registeredAt());
    metadata.put("k", "v");
    methods.clear();
    assertThat(customer.metadata()).isEmpty();
    assertThat(customer.storedMethods()).containsExactly(CARD);
  }

  @Test
  void what_a_customer_was_made_of_loses_its_own_order() {
    TreeMap<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.put("Team", "a");
    TreeSet<StoredMethod> byGateway = new TreeSet<>(Comparator.comparing(StoredMethod::gateway));
    byGateway.add(CARD);
    Customer customer =
        new Customer(ANN.id(), 0, ANN.person(), caseless, byGateway, ANN.registeredAt());

    assertThat(customer.with("team", "b").metadata()).containsOnlyKeys("Team", "team");
    StoredMethod other = new StoredMethod(CARD.gateway(), "pm_2");
    assertThat(customer.with(other).storedMethods()).containsExactly(CARD, other);
  }

  @Test
  void a_stored_method_has_all_its_parts_and_sorts_by_gateway_first() {
    GatewayInstanceId main = CARD.gateway();
    assertThatThrownBy(() -> new StoredMethod(null, "pm_1"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new StoredMethod(main, null))
        .isInstanceOf(InvalidInputException.class);
    assertThat(CARD).isLessThan(new StoredMethod(main, "pm_2"));
    assertThat(new StoredMethod(new GatewayInstanceId("a"), "pm_9")).isLessThan(CARD);
  }
}
