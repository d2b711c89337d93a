package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Delivery;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is read as the same, and the same is written as the same bytes. */
class RoundTripTest {
  private static final int SEEDS = Integer.getInteger("gatehouse.seeds", 1_000);

  @Test
  void whatever_a_payment_holds_is_read_as_it_was_written() {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertRoundTrip(seed, Json.PAYMENT, new RandomRecords(seed).payment());
    }
  }

  @Test
  void whatever_another_record_holds_is_read_as_it_was_written() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomRecords random = new RandomRecords(seed);
      assertRoundTrip(seed, Json.CUSTOMER, random.customer());
      assertRoundTrip(seed, Json.CHECKOUT, random.checkout());
      assertRoundTrip(seed, Json.INBOX_ITEM, random.inboxItem());
    }
  }

  @Test
  void equal_payments_give_equal_bytes_in_whatever_order_they_were_put_together() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Payment payment = new RandomRecords(seed).payment();
      Payment shuffled = shuffled(payment, new Random(seed));

      assertThat(shuffled).as("seed %d", seed).isEqualTo(payment);
      assertThat(Json.PAYMENT.write(shuffled))
          .as("seed %d", seed)
          .isEqualTo(Json.PAYMENT.write(payment));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\\",
        "\u0000",
        "\u2028",
        "é",
        "😀",
        "\ud83d",
        "\ude00x",
        "a\ud800\ud800"
      })
  void any_text_is_kept_even_one_that_was_cut_within_a_character(String text) {
    Customer customer = Samples.customer().erased();
    Customer named =
        new Customer(
            customer.id(),
            1,
            Optional.empty(),
            new TreeMap<>(Collections.singletonMap("k" + text, text)),
            new TreeSet<>(),
            customer.registeredAt());

    assertRoundTrip(0, Json.CUSTOMER, named);
  }

  @Test
  void a_text_longer_than_any_buffer_is_kept() {
    Customer customer = Samples.customer();
    for (String piece : List.of("x", "山")) {
      assertRoundTrip(
          0,
          Json.CUSTOMER,
          new Customer(
              customer.id(),
              1,
              customer.person(),
              new TreeMap<>(Collections.singletonMap("k", piece.repeat(300_000))),
              new TreeSet<>(),
              customer.registeredAt()));
    }
  }

  @Test
  void other_characters_are_written_as_they_are_so_that_people_can_read_them() {
    assertThat(new Sample<>("customer", Json.CUSTOMER, Samples.customer()).text())
        .contains("Zoë \\\"Zed\\\" 山田 😀");
  }

  @Test
  void an_address_is_kept_as_it_was_spelled() {
    URI url = URI.create("HTTPS://Bank.Example/%c3%A9?q=1#f");
    CustomerAction action = CustomerAction.Redirect.to(url);

    assertThat(Jackson.text(FactsForm.ACTION, action)).contains(url.toString());
  }

  @Test
  void a_delivery_comes_back_with_the_event_that_it_is_about() {
    Delivery delivery = Samples.delivery();
    LifecycleEvent event = delivery.event();

    byte[] json = Json.writeDelivery(delivery);

    assertThat(Json.readDelivery(json, event)).isEqualTo(delivery);
    assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain(event.header().id());
  }

  @Test
  void many_threads_use_one_form() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (long seed = 0; seed < 200; seed++) {
        long drawn = seed;
        work.add(
            () -> {
              assertRoundTrip(drawn, Json.PAYMENT, new RandomRecords(drawn).payment());
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> void assertRoundTrip(long seed, Json<T> form, T value) {
    byte[] json = form.write(value);
    T read = form.read(json);

    assertThat(read).as("seed %d", seed).isEqualTo(value);
    assertThat(form.write(read)).as("seed %d", seed).isEqualTo(json);
  }

  /** The same facts, seen in another order. */
  private static Payment shuffled(Payment payment, Random random) {
    var facts = payment.facts();
    var other =
        new PaymentFacts(
            shuffled(facts.reference(), random),
            shuffled(facts.account(), random),
            shuffled(facts.mode(), random),
            shuffled(facts.currency(), random),
            facts.providerIds(),
            facts.attempts(),
            facts.authorizations(),
            facts.movements(),
            facts.disputes(),
            facts.totals(),
            facts.sends(),
            facts.credentials());
    return new Payment(
        payment.id(),
        payment.version(),
        payment.gateway(),
        payment.mode(),
        payment.checkout(),
        payment.customer(),
        payment.terms(),
        other,
        payment.operations(),
        payment.raised(),
        payment.notes(),
        payment.createdAt(),
        payment.wakeAt(),
        payment.quietPolls());
  }

  private static <T> Flat<T> shuffled(Flat<T> flat, Random random) {
    List<T> values = new ArrayList<>(flat.values());
    Collections.shuffle(values, random);
    Set<T> reordered = new LinkedHashSet<>(values);
    return new Flat<>(reordered);
  }
}
