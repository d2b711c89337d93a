package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.Counter;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.fake.ClosedTransport;
import dev.gatehouse.fake.FakeGateway;
import dev.gatehouse.fake.FakeProvider;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.money.CurrencyProfile;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayHandleTest {
  private static final String CARD = "4111111111111111";
  private static final String CANARY = "sk_live_canary";
  private static final PaymentMethod.Token TOKEN = new PaymentMethod.Token("card", "tok_1");
  private static final Trace TRACE =
      new Trace(Optional.of("pay_1"), Instant.EPOCH, Optional.empty(), PaymentFacts.none());

  static Stream<FakeGateway.Script> scripts_of_gateways_that_do_not_answer() {
    return Stream.of(
        (call, request) -> null,
        (call, request) -> {
          throw new IllegalArgumentException(CANARY);
        },
        (call, request) -> {
          throw new IOException(CANARY);
        },
        (call, request) -> {
          throw new InterruptedException(CANARY);
        },
        (call, request) -> {
          throw new StackOverflowError(CANARY);
        },
        (call, request) -> {
          throw new AssertionError(CANARY);
        },
        (call, request) -> {
          throw new NoClassDefFoundError(CANARY);
        },
        (call, request) -> {
          throw new ServiceConfigurationError(CANARY);
        },
        (call, request) -> {
          throw new InvalidInputException(new Problem(CANARY, CANARY, CANARY, CANARY));
        },
        (call, request) -> {
          throw new Throwable(CANARY);
        },
        (call, request) -> "neither an outcome nor anything else that was asked for",
        (call, request) -> endless(0));
  }

  @ParameterizedTest
  @MethodSource("scripts_of_gateways_that_do_not_answer")
  void a_gateway_that_does_not_answer_has_given_an_honest_outcome(FakeGateway.Script script) {
    GatewayHandle handle = full(new FakeGateway.Full(script));
    moneyCalls()
        .forEach(
            (name, call) -> {
              Outcome outcome = call.apply(handle);
              assertThat(outcome).as(name).isInstanceOf(Outcome.Unknown.class);
              assertThat(outcome.toString()).as(name).doesNotContain(CANARY);
              assertThat(outcome.snapshot()).as(name).isEqualTo(Snapshot.empty());
            });
    assertThat(handle.lookup(TRACE)).isInstanceOf(Lookup.CannotTell.class);
    assertThat(handle.receive(webhook())).isInstanceOf(WebhookAnswer.CannotVerify.class);
    assertThat(handle.changesSince(Instant.EPOCH)).isInstanceOf(Changes.CannotTell.class);
    assertThat(handle.dashboard(TRACE)).isEmpty();
    handle.close();
    Thread.interrupted();
  }

  @ParameterizedTest
  @MethodSource("scripts_of_gateways_that_do_not_answer")
  void a_report_that_a_gateway_cannot_read_is_refused(FakeGateway.Script script) {
    GatewayHandle handle = full(new FakeGateway.Full(script));
    assertThatThrownBy(() -> handle.report(report())).isInstanceOf(InvalidInputException.class);
    Thread.interrupted();
  }

  @Test
  void an_interrupt_that_a_gateway_threw_is_kept() {
    GatewayHandle handle =
        full(
            new FakeGateway.Full(
                (call, request) -> {
                  throw new InterruptedException();
                }));
    handle.charge(sale("USD 10"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void the_end_of_memory_is_no_outcome() {
    GatewayHandle handle =
        full(
            new FakeGateway.Full(
                (call, request) -> {
                  throw new OutOfMemoryError("planted");
                }));
    assertThatThrownBy(() -> handle.charge(sale("USD 10"))).isInstanceOf(OutOfMemoryError.class);
  }

  /** What an author may get wrong while building an answer: null, or an amount below zero. */
  static Stream<Function<Object, Object>> answers_that_cannot_be_built() {
    Flat<Money> minus = Flat.of(Money.parse("USD -1"));
    return Stream.of(
        r -> new Outcome.Succeeded(none()),
        r -> new Outcome.Pending(none()),
        r -> new Outcome.ActionRequired(Snapshot.empty(), none()),
        r -> new Outcome.Declined(Snapshot.empty(), none()),
        r -> new Outcome.Declined(none(), Decline.of(DeclineCode.GENERIC_DECLINE)),
        r -> new Outcome.NotSent(none()),
        r -> new Outcome.Unknown(none()),
        r -> new Outcome.NotSent(new Failure(none(), "", "", Optional.empty())),
        r -> new Outcome.NotSent(new Failure(failure().category(), "", "", none())),
        r -> new Outcome.Declined(Snapshot.empty(), Decline.of(none())),
        r -> new Decline(DeclineCode.GENERIC_DECLINE, DeclineAdvice.NONE, none(), ""),
        r -> new Snapshot(none(), Set.of()),
        r -> new Snapshot(PaymentFacts.none(), none()),
        r -> Snapshot.builder().reference(none()),
        r -> Snapshot.builder().mode(none()),
        r -> Snapshot.builder().currency(none()),
        r -> Snapshot.builder().providerId("order", none()),
        r -> Snapshot.builder().providerId(none(), "1"),
        r -> Snapshot.builder().attempt("a", none()),
        r -> Snapshot.builder().attempt(none(), Attempt.at(AttemptStep.STARTED)),
        r -> Snapshot.builder().movement("m", none()),
        r -> Snapshot.builder().authorization("a", none()),
        r -> Snapshot.builder().dispute("d", none()),
        r -> Snapshot.builder().total(MovementKind.CAPTURE, "c", none()),
        r -> Snapshot.builder().total(none(), "c", Money.parse("USD 1")),
        r -> Snapshot.builder().total(MovementKind.CAPTURE, none(), Money.parse("USD 1")),
        r -> Snapshot.builder().total(MovementKind.CAPTURE, "c", Money.parse("USD -0.01")),
        r -> Snapshot.builder().total(MovementKind.CAPTURE, "c", huge()),
        r -> new Counter(-1),
        r -> Attempt.at(none()),
        r -> Attempt.at(AttemptStep.STARTED).with(Money.parse("USD -1")),
        r -> Attempt.declined(none()),
        r -> Movement.of(none(), MovementStep.DONE),
        r -> Movement.of(MovementKind.REFUND, none()),
        r -> Movement.of(MovementKind.REFUND, MovementStep.DONE).with(Money.parse("JPY -1")),
        r -> Movement.of(MovementKind.REFUND, MovementStep.DONE).settledAs(Money.parse("JPY -1")),
        r -> Authorization.of(Money.parse("USD -1")),
        r -> new Authorization.Terms(Money.parse("USD -1"), Optional.empty()),
        r -> new Authorization.Terms(Money.parse("USD 1"), none()),
        r -> Dispute.of(Money.parse("USD -1"), "a"),
        r ->
            new Movement(
                none(),
                Movement.of(MovementKind.REFUND, MovementStep.DONE).step(),
                minus,
                Flat.unknown(),
                Flat.unknown(),
                Flat.unknown(),
                Flat.unknown()),
        r -> new ProviderId(none(), "1"));
  }

  @ParameterizedTest
  @MethodSource("answers_that_cannot_be_built")
  void an_answer_with_missing_or_impossible_parts_is_refused_typed_and_so_unknown(
      Function<Object, Object> answer) {
    assertThatThrownBy(() -> answer.apply("")).isInstanceOf(InvalidInputException.class);
    GatewayHandle handle = full(new FakeGateway.Full((call, request) -> answer.apply(request)));
    assertThat(handle.charge(sale("USD 10"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(handle.lookup(TRACE)).isInstanceOf(Lookup.CannotTell.class);
  }

  /** Each is malformed in one part, which is named. */
  static Map<String, Function<GatewayHandle, Outcome>> malformed_calls() {
    Trace nameless = new Trace(none(), Instant.EPOCH, Optional.empty(), PaymentFacts.none());
    Money ten = Money.parse("USD 10");
    Map<String, Function<GatewayHandle, Outcome>> calls = new LinkedHashMap<>();
    calls.put("reference", h -> h.charge(ChargeRequest.sale("a b", "k", ten, TOKEN)));
    calls.put("idempotencyKey", h -> h.charge(ChargeRequest.sale("pay_1", CARD, ten, TOKEN)));
    calls.put(
        "idempotencyKey: does", h -> h.charge(ChargeRequest.sale("pay_1", "a:b", ten, TOKEN)));
    calls.put("reference: does", h -> h.charge(ChargeRequest.sale("pay:1", "k", ten, TOKEN)));
    calls.put("amount", h -> h.charge(sale("USD 0")));
    calls.put("method", h -> h.charge(with(none())));
    calls.put("method.token", h -> h.charge(with(new PaymentMethod.Token("card", CARD))));
    calls.put("description", h -> h.charge(described("USD 10", "a\r\nb")));
    calls.put("trace", h -> h.voidAuthorization(new VoidRequest(none(), "k", "a")));
    calls.put("trace.reference", h -> h.voidAuthorization(new VoidRequest(nameless, "k", "a")));
    calls.put("authorization", h -> h.voidAuthorization(new VoidRequest(TRACE, "k", "a b")));
    calls.put(
        "attempt", h -> h.complete(new CompleteRequest(TRACE, "k", "", CaptureMode.AUTOMATIC)));
    calls.put("capture", h -> h.refund(refund("../x\n", "why")));
    calls.put("reason", h -> h.refund(refund("a", "x".repeat(1 << 20))));
    return calls;
  }

  @Test
  void a_malformed_request_never_reaches_the_gateway_and_is_not_sent() {
    FakeGateway gateway = new FakeGateway.Full();
    GatewayHandle handle = full(gateway);
    malformed_calls()
        .forEach(
            (field, call) -> {
              Outcome outcome = call.apply(handle);
              assertThat(outcome).as(field).isInstanceOf(Outcome.NotSent.class);
              Failure failure = ((Outcome.NotSent) outcome).failure();
              assertThat(failure.category()).as(field).isEqualTo(ErrorCategory.VALIDATION);
              assertThat(failure.code()).as(field).isEqualTo("request.malformed");
              assertThat(failure.message())
                  .as(field)
                  .contains(field.contains(": ") ? field : field + ": ");
              assertThat(failure.message()).as(field).doesNotContain(CARD, "..", "xxx");
            });
    assertThat(gateway.calls()).isEmpty();
  }

  /** Base64 is common; card numbers stay out. */
  @ParameterizedTest
  @CsvSource({
    "pm_1, 1",
    "tok/abc+d==, 1",
    "mdt|77, 1",
    "r-8415716400123455, 1",
    "a b, 0",
    "<x>, 0"
  })
  void a_stored_method_is_charged_by_the_id_that_its_provider_gave(String id, int calls) {
    FakeGateway gateway = new FakeGateway.Full();
    full(gateway).charge(with(new PaymentMethod.Stored("card", id)));
    assertThat(gateway.calls()).hasSize(calls);
  }

  @Test
  void what_a_gateway_says_of_our_sends_is_no_answer() {
    FakeGateway gateway = new FakeGateway.Full();
    gateway.now(
        (call, request) ->
            new Outcome.Pending(
                new Snapshot(PaymentFacts.ofSend("k#1", SendStep.HAD_NONE), Set.of())));
    Outcome outcome = full(gateway).charge(sale("USD 10"));
    assertThat(((Outcome.Unknown) outcome).failure().message()).contains("snapshot.sends");
  }

  @Test
  void a_malformed_trace_is_not_looked_up() {
    FakeGateway gateway = new FakeGateway.Full();
    Trace timeless = new Trace(Optional.of("pay_1"), none(), Optional.empty(), TRACE.known());
    assertThat(full(gateway).lookup(timeless)).isInstanceOf(Lookup.CannotTell.class);
    assertThat(gateway.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"order #12", "", CARD, "a\r\nb"})
  void a_reference_that_cannot_be_ours_is_not_looked_up(String reference) {
    List<Object> asked = new ArrayList<>();
    GatewayHandle handle =
        full(
            new FakeGateway.Full(
                (call, request) -> {
                  asked.add(request);
                  return new Lookup.AbsentAsOf(Instant.EPOCH, true);
                }));
    handle.lookup(
        new Trace(Optional.of(reference), Instant.EPOCH, Optional.empty(), TRACE.known()));
    handle.lookup(TRACE);
    assertThat(asked)
        .containsExactly(
            new Trace(Optional.empty(), Instant.EPOCH, Optional.empty(), TRACE.known()), TRACE);
  }

  @Test
  void a_malformed_report_is_refused_and_not_read() {
    FakeGateway gateway = new FakeGateway.Full();
    OperatorReport report =
        new OperatorReport(
            TRACE,
            OperatorReport.Finding.MONEY_ARRIVED,
            Money.parse("USD 0"),
            Optional.empty(),
            "a\nb",
            "why",
            Instant.EPOCH);
    assertThatThrownBy(() -> full(gateway).report(report))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.problems()).extracting(Problem::field).contains("actor", "amount"));
    assertThat(gateway.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "http://psp.example/", "/p/1", "mailto:a@b.c"})
  void a_link_to_anything_but_an_https_page_is_not_shown(String link) {
    GatewayHandle handle =
        full(new FakeGateway.Full((call, request) -> Optional.of(URI.create(link))));
    assertThat(handle.dashboard(TRACE)).isEmpty();
    URI page = URI.create("https://psp.example/p/1");
    assertThat(full(new FakeGateway.Full((call, request) -> Optional.of(page))).dashboard(TRACE))
        .contains(page);
  }

  @Test
  void a_malformed_answer_names_its_fault_and_a_thrown_text_is_never_quoted() {
    GatewayHandle handle =
        full(
            new FakeGateway.Full(
                (call, request) -> CustomerAction.Redirect.to(URI.create("javascript:" + CANARY))));
    assertThat(handle.charge(sale("USD 10")))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            unknown -> {
              assertThat(unknown.failure().code()).isEqualTo("gateway.malformed-answer");
              assertThat(unknown.failure().message()).contains("https-url").doesNotContain(CANARY);
            });
  }

  static Stream<Function<Object, Object>> webhook_answers_that_cannot_be_built() {
    PaymentHint hint = new PaymentHint(Optional.empty(), Set.of());
    WebhookReply ok = WebhookReply.status(200);
    return Stream.of(
        r -> new WebhookAnswer.Verified(none(), ok),
        r -> new WebhookAnswer.Verified(Arrays.asList((WebhookNotice) none()), ok),
        r -> new WebhookAnswer.Verified(List.of(), none()),
        r -> new WebhookAnswer.Rejected(none()),
        r -> new WebhookAnswer.CannotVerify(none()),
        r -> WebhookNotice.of(none(), "type", hint),
        r -> WebhookNotice.of("1", none(), hint),
        r -> WebhookNotice.of("1", "type", none()),
        r -> new PaymentHint(none(), Set.of()),
        r -> new PaymentHint(Optional.empty(), none()),
        r -> WebhookReply.status(0),
        r -> WebhookReply.status(600),
        r -> new WebhookReply(200, none(), new byte[0]),
        r -> new WebhookReply(200, Map.of(), none()),
        r -> new Changes.Listed(none(), Instant.EPOCH, Instant.EPOCH),
        r -> new Changes.Listed(List.of(), none(), Instant.EPOCH),
        r -> new Changes.Listed(List.of(), Instant.EPOCH, none()),
        r -> new Lookup.Found(none()),
        r -> new Lookup.AbsentAsOf(none(), true));
  }

  @ParameterizedTest
  @MethodSource("webhook_answers_that_cannot_be_built")
  void a_webhook_answer_with_missing_parts_is_refused_typed_and_so_not_verified(
      Function<Object, Object> answer) {
    assertThatThrownBy(() -> answer.apply("")).isInstanceOf(InvalidInputException.class);
    GatewayHandle handle = full(new FakeGateway.Full((call, request) -> answer.apply(request)));
    assertThat(handle.receive(webhook())).isInstanceOf(WebhookAnswer.CannotVerify.class);
    assertThat(handle.changesSince(Instant.EPOCH)).isInstanceOf(Changes.CannotTell.class);
  }

  @Test
  void what_is_not_declared_is_refused_typed_and_the_gateway_hears_nothing_of_it() {
    FakeGateway gateway = new FakeGateway();
    GatewayHandle handle = opened(FakeProvider.bare("fake", gateway));
    Map<Capability, Consumer<GatewayHandle>> asked = new LinkedHashMap<>();
    asked.put(Capability.CAPTURE, h -> h.capture(capture()));
    asked.put(Capability.VOID, h -> h.voidAuthorization(new VoidRequest(TRACE, "k", "a")));
    asked.put(Capability.REFUND, h -> h.refund(refund()));
    asked.put(
        Capability.COMPLETION,
        h -> h.complete(new CompleteRequest(TRACE, "k", "a", CaptureMode.AUTOMATIC)));
    asked.put(Capability.WEBHOOKS, h -> h.receive(webhook()));
    asked.put(Capability.CHANGES, h -> h.changesSince(Instant.EPOCH));
    asked.put(Capability.OPERATOR_REPORTS, h -> h.report(report()));
    asked.put(Capability.AUTHORIZE, h -> h.demandCan(authorization()));
    asked.put(Capability.STORED_METHODS, h -> h.demandCan(storing()));
    for (Capability capability : Capability.values()) {
      Consumer<GatewayHandle> call =
          asked.getOrDefault(capability, h -> h.demand(capability, "card"));
      assertThatThrownBy(() -> call.accept(handle))
          .as(capability.name())
          .isInstanceOfSatisfying(
              UnsupportedCapabilityException.class,
              e ->
                  assertThat(e.problems())
                      .singleElement()
                      .satisfies(
                          problem -> {
                            assertThat(problem.code()).isEqualTo("capability.undeclared");
                            assertThat(problem.message()).contains(capability.name(), "'fake'");
                          }));
    }
    assertThat(handle.dashboard(TRACE)).isEmpty();
    assertThat(gateway.calls()).isEmpty();
  }

  @Test
  void a_capability_of_another_payment_method_is_not_lent() {
    GatewayDescription description =
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.REFUND))
            .method(MethodSpec.withoutToken("transfer"))
            .build();
    FakeGateway gateway = new Refunding();
    GatewayHandle handle = opened(new FakeProvider("fake", description, (s, e) -> gateway));
    handle.demand(Capability.REFUND, "card");
    assertThatThrownBy(() -> handle.demand(Capability.REFUND, "transfer"))
        .isInstanceOf(UnsupportedCapabilityException.class);
    assertThatThrownBy(() -> handle.demand(Capability.REFUND, "unheard-of"))
        .isInstanceOf(UnsupportedCapabilityException.class);
  }

  @Test
  void a_charge_that_the_gateway_cannot_carry_out_is_refused_with_everything_that_is_wrong() {
    GatewayHandle handle = limited();
    assertThat(problemsOf(handle, sale("USD 10"))).isEmpty();
    assertThat(problemsOf(handle, sale("EUR 10"))).containsExactly("money.currency-unsupported");
    assertThat(problemsOf(handle, sale("USD 0.49"))).containsExactly("money.below-minimum");
    assertThat(problemsOf(handle, sale("USD 1000.01"))).containsExactly("money.above-maximum");
    assertThat(problemsOf(handle, described("USD 10", "x".repeat(20)))).isEmpty();
    assertThat(problemsOf(handle, described("USD 10", "🎉".repeat(20)))).isEmpty();
    assertThat(problemsOf(handle, described("USD 10", "x".repeat(21)))).containsExactly("too-long");
    assertThat(problemsOf(handle, described("USD 0.01", "x".repeat(1_000_000))))
        .containsExactly("money.below-minimum", "too-long");
    assertThat(problemsOf(handle, with(new PaymentMethod.OfType("giro"))))
        .containsExactly("method.unknown");
  }

  @Test
  void a_charge_that_lacks_what_its_method_needs_is_refused_with_everything_that_is_wrong() {
    GatewayDescription description =
        GatewayDescription.builder("Fake", "1")
            .method(MethodSpec.withToken("card", Capability.STORED_METHODS))
            .method(MethodSpec.withoutToken("wallet", Capability.STORED_METHODS).needingReturnUrl())
            .method(MethodSpec.withOrWithoutToken("either"))
            .build();
    FakeGateway gateway = new FakeGateway();
    GatewayHandle handle = opened(new FakeProvider("fake", description, (s, e) -> gateway));
    PaymentMethod wallet = new PaymentMethod.OfType("wallet");
    URI back = URI.create("https://shop.example/back");

    assertThat(problemsOf(handle, with(new PaymentMethod.Token("card", "tok_1")))).isEmpty();
    assertThat(problemsOf(handle, with(new PaymentMethod.Stored("card", "pm_1")))).isEmpty();
    assertThat(problemsOf(handle, with(new PaymentMethod.OfType("card"))))
        .containsExactly("method.needs-token");
    assertThat(problemsOf(handle, with(new PaymentMethod.OfType("either")))).isEmpty();
    assertThat(problemsOf(handle, with(new PaymentMethod.Token("either", "tok_1")))).isEmpty();
    assertThat(problemsOf(handle, returning(wallet, Initiator.CUSTOMER, Optional.of(back))))
        .isEmpty();
    assertThat(problemsOf(handle, returning(wallet, Initiator.CUSTOMER, Optional.empty())))
        .containsExactly("return-url.missing");
    PaymentMethod token = new PaymentMethod.Token("wallet", "tok_1");
    assertThat(problemsOf(handle, returning(token, Initiator.CUSTOMER, Optional.empty())))
        .containsExactly("method.takes-no-token", "return-url.missing");
    PaymentMethod stored = new PaymentMethod.Stored("wallet", "pm_1");
    assertThat(problemsOf(handle, returning(stored, Initiator.CUSTOMER, Optional.empty())))
        .containsExactly("return-url.missing");
    assertThat(problemsOf(handle, returning(stored, Initiator.MERCHANT, Optional.empty())))
        .isEmpty();
    assertThat(gateway.calls()).isEmpty();
  }

  private static ChargeRequest returning(
      PaymentMethod method, Initiator initiator, Optional<URI> back) {
    ChargeRequest sale = with(method);
    return new ChargeRequest(
        sale.reference(),
        sale.idempotencyKey(),
        sale.amount(),
        sale.capture(),
        method,
        false,
        initiator,
        Optional.empty(),
        back,
        sale.customer());
  }

  @Test
  void a_stored_method_needs_a_gateway_that_stores_them() {
    GatewayHandle bare = opened(FakeProvider.bare("fake", new FakeGateway()));
    PaymentMethod stored = new PaymentMethod.Stored("card", "pm_1");
    assertThatThrownBy(() -> bare.demandCan(with(stored)))
        .isInstanceOf(UnsupportedCapabilityException.class);
    full(new FakeGateway.Full()).demandCan(with(stored));
  }

  @Test
  void null_is_refused_typed_by_every_call_and_the_gateway_hears_nothing_of_it() {
    FakeGateway gateway = new FakeGateway.Full();
    GatewayHandle handle = full(gateway);
    List<Consumer<GatewayHandle>> calls =
        List.of(
            h -> h.charge(none()),
            h -> h.capture(none()),
            h -> h.voidAuthorization(none()),
            h -> h.refund(none()),
            h -> h.complete(none()),
            h -> h.lookup(none()),
            h -> h.receive(none()),
            h -> h.changesSince(none()),
            h -> h.report(none()),
            h -> h.dashboard(none()),
            h -> h.demandCan(none()),
            h -> h.demand(none(), "card"),
            h -> h.demand(Capability.REFUND, none()));
    for (Consumer<GatewayHandle> call : calls) {
      assertThatThrownBy(() -> call.accept(handle)).isInstanceOf(InvalidInputException.class);
    }
    assertThat(gateway.calls()).isEmpty();
  }

  private static final class Refunding extends FakeGateway implements RefundsPayments {
    @Override
    public Outcome refund(RefundRequest request) {
      return play("refund", request);
    }
  }

  private static Map<String, Function<GatewayHandle, Outcome>> moneyCalls() {
    Map<String, Function<GatewayHandle, Outcome>> calls = new LinkedHashMap<>();
    calls.put("charge", h -> h.charge(sale("USD 10")));
    calls.put("capture", h -> h.capture(capture()));
    calls.put("void", h -> h.voidAuthorization(new VoidRequest(TRACE, "k", "a")));
    calls.put("refund", h -> h.refund(refund()));
    calls.put(
        "complete", h -> h.complete(new CompleteRequest(TRACE, "k", "a", CaptureMode.AUTOMATIC)));
    return calls;
  }

  private static List<String> problemsOf(GatewayHandle handle, ChargeRequest request) {
    GatehouseException refused =
        catchThrowableOfType(GatehouseException.class, () -> handle.demandCan(request));
    return refused == null ? List.of() : refused.problems().stream().map(Problem::code).toList();
  }

  private static GatewayHandle limited() {
    GatewayDescription description =
        FakeProvider.bare()
            .currencies(
                CurrencyProfile.builder()
                    .only("USD")
                    .minimum(Money.parse("USD 0.50"))
                    .maximum(Money.parse("USD 1000"))
                    .build())
            .descriptionLimit(20)
            .build();
    return opened(new FakeProvider("fake", description, (s, e) -> new FakeGateway()));
  }

  private static GatewayHandle full(FakeGateway gateway) {
    return opened(FakeProvider.full("fake", gateway));
  }

  private static GatewayHandle opened(FakeProvider provider) {
    GatewayConfig config =
        new GatewayConfig(new GatewayInstanceId("fake"), "fake", Mode.TEST, Map.of());
    return Gateways.open(
            GatewayCatalog.of(provider),
            List.of(config),
            new ClosedTransport(),
            Clock.systemUTC(),
            Duration.ofSeconds(1))
        .gateway(config.instance());
  }

  private static ChargeRequest sale(String amount) {
    return ChargeRequest.sale("pay_1", "pay_1.charge.1", Money.parse(amount), TOKEN);
  }

  private static ChargeRequest with(PaymentMethod method) {
    return ChargeRequest.sale("pay_1", "pay_1.charge.1", Money.parse("USD 10"), method);
  }

  private static ChargeRequest described(String amount, String description) {
    return charge(Money.parse(amount), CaptureMode.AUTOMATIC, false, Optional.of(description));
  }

  private static ChargeRequest authorization() {
    return charge(Money.parse("USD 10"), CaptureMode.MANUAL, false, Optional.empty());
  }

  private static ChargeRequest storing() {
    return charge(Money.parse("USD 10"), CaptureMode.AUTOMATIC, true, Optional.empty());
  }

  private static ChargeRequest charge(
      Money amount, CaptureMode mode, boolean store, Optional<String> description) {
    return new ChargeRequest(
        "pay_1",
        "pay_1.charge.1",
        amount,
        mode,
        TOKEN,
        store,
        Initiator.CUSTOMER,
        description,
        Optional.empty(),
        CustomerDetails.none());
  }

  private static CaptureRequest capture() {
    return new CaptureRequest(TRACE, "k", "a", Money.parse("USD 1"), true);
  }

  private static RefundRequest refund(String capture, String reason) {
    return new RefundRequest(TRACE, "k", capture, Money.parse("USD 1"), Optional.of(reason));
  }

  private static RefundRequest refund() {
    return new RefundRequest(TRACE, "k", "c", Money.parse("USD 1"), Optional.empty());
  }

  private static WebhookRequest webhook() {
    return new WebhookRequest("POST", URI.create("/hook"), Map.of(), new byte[] {1});
  }

  private static OperatorReport report() {
    return new OperatorReport(
        TRACE,
        OperatorReport.Finding.MONEY_ARRIVED,
        Money.parse("USD 1"),
        Optional.empty(),
        "ann",
        "statement 7",
        Instant.EPOCH);
  }

  private static Failure failure() {
    return FakeGateway.failure();
  }

  private static Money huge() {
    return Money.of(CurrencyUnit.USD, new BigDecimal("92233720368547758.08"));
  }

  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  /** Null, where the types say that there is none. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }
}
