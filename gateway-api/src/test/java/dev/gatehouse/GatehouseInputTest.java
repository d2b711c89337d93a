package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.CancelMembership;
import dev.gatehouse.command.Capture;
import dev.gatehouse.command.ImportStoredMethod;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.Refund;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.RemoveStoredMethod;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.command.StoreMethod;
import dev.gatehouse.command.VoidPayment;
import dev.gatehouse.customer.Person;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.fake.ClosedTransport;
import dev.gatehouse.fake.Nonsense;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfigs;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.ChargeLine.Kind;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.WebhookRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense at the front door: always a typed error, before any I/O, and nothing half-saved. */
@SuppressWarnings("NullAway")
class GatehouseInputTest {
  private static final Money TEN = Money.parse("USD 10");
  private static final Money HUGE = Money.of(CurrencyUnit.USD, new BigDecimal("1e30"));

  /** A key that stands for an operation of Gatehouse's own. */
  private static final String OURS = "gatehouse:release:auth";

  private final Bench bench = new Bench();

  /** A call that must be refused. */
  @FunctionalInterface
  private interface Refused {
    void on(Gatehouse gatehouse);
  }

  private Map<String, List<Refused>> table() {
    Map<String, List<Refused>> table = new LinkedHashMap<>();
    table.put("in(Locale)", List.of(g -> g.in(null)));
    table.put("within(JoinedTransaction)", List.of(g -> g.within(null), g -> g.within(() -> null)));
    table.put("register(RegisterCustomer)", registrations());
    table.put("startCheckout(StartCheckout)", checkouts());
    table.put("pay(Pay)", payments());
    table.put("importStoredMethod(ImportStoredMethod)", imports());
    table.put("storeMethod(StoreMethod)", setUps());
    table.put("removeStoredMethod(RemoveStoredMethod)", removals());
    table.put(
        "storedMethods(CustomerId)",
        List.of(g -> g.storedMethods(null), g -> g.storedMethods(new CustomerId("nobody"))));
    table.put(
        "customerReturned(PaymentId)",
        List.of(g -> g.customerReturned((PaymentId) null), g -> g.customerReturned(unknown())));
    table.put("completeFree(CheckoutId)", ofCheckout(Gatehouse::completeFree, bench.open));
    table.put("customerReturned(CheckoutId)", ofCheckout(Gatehouse::customerReturned, null));
    table.put("cancelCheckout(CheckoutId)", ofCheckout(Gatehouse::cancelCheckout, bench.paid));
    table.put("checkout(CheckoutId)", ofCheckout(Gatehouse::checkout, null));
    table.put("cancelMembership(CancelMembership)", cancellations());
    table.put("capture(Capture)", captures());
    table.put("voidPayment(VoidPayment)", voids());
    table.put("refund(Refund)", refunds());
    table.put(
        "customer(CustomerId)",
        List.of(g -> g.customer(null), g -> g.customer(new CustomerId("nobody"))));
    table.put("payment(PaymentId)", List.of(g -> g.payment(null), g -> g.payment(unknown())));
    table.put(
        "timeline(CustomerId)",
        List.of(g -> g.timeline((CustomerId) null), g -> g.timeline(new CustomerId("nobody"))));
    table.put(
        "timeline(PaymentId)",
        List.of(g -> g.timeline((PaymentId) null), g -> g.timeline(unknown())));
    table.put("webhook(GatewayInstanceId,WebhookRequest)", webhooks());
    table.put(
        "reconcile(GatewayInstanceId,Instant)",
        List.of(
            g -> g.reconcile(null, Instant.EPOCH),
            g -> g.reconcile(Bench.FAKE, null),
            g -> g.reconcile(new GatewayInstanceId("nowhere"), Instant.EPOCH),
            g -> g.reconcile(Bench.BARE, Instant.EPOCH)));
    table.put(
        "publicSettings(GatewayInstanceId)",
        List.of(
            g -> g.publicSettings(null), g -> g.publicSettings(new GatewayInstanceId("nowhere"))));
    table.put(
        "switchOff(GatewayInstanceId)",
        List.of(g -> g.switchOff(null), g -> g.switchOff(new GatewayInstanceId("nowhere"))));
    table.put(
        "switchOn(GatewayInstanceId)",
        List.of(g -> g.switchOn(null), g -> g.switchOn(new GatewayInstanceId("nowhere"))));
    return table;
  }

  @Test
  void every_public_method_that_takes_something_is_in_the_table() {
    assertThat(new TreeSet<>(table().keySet()))
        .isEqualTo(
            methodsOf(Gatehouse.class)
                .map(GatehouseInputTest::signature)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void every_method_refuses_nonsense_typed_before_any_io_and_saves_nothing() {
    List<String> calls = bench.requests();
    List<Object> saved = bench.saved();
    table()
        .forEach(
            (method, refused) -> {
              for (int i = 0; i < refused.size(); i++) {
                String where = method + " case " + i;
                Refused call = refused.get(i);
                assertRefused(where, catchThrowable(() -> call.on(bench.gatehouse)));
                assertThat(bench.requests()).as(where).isEqualTo(calls);
                assertThat(bench.saved()).as(where).isEqualTo(saved);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatever_is_thrown_at_it_every_method_answers_or_refuses_typed(long seed) throws Throwable {
    Nonsense nonsense =
        new Nonsense(seed)
            .knowing(Bench.ANN)
            .knowing(bench.open)
            .knowing(bench.paid)
            .knowing(bench.free)
            .knowing(bench.payment)
            .knowing(bench.transfer)
            .knowing(bench.membership)
            .knowing(Bench.FAKE)
            .knowing(Bench.BARE)
            .knowing(Bench.MANUAL)
            .knowing(new PaymentMethod.Token("card", "tok_1"))
            .knowing(TEN);
    List<Method> methods =
        methodsOf(Gatehouse.class)
            .sorted(Comparator.comparing(GatehouseInputTest::signature))
            .toList();
    int refusals = 0;
    int answers = 0;
    for (int round = 0; round < 40; round++) {
      for (Method method : methods) {
        List<String> calls = bench.requests();
        List<Object> saved = bench.saved();
        Throwable thrown = thrownBy(method, nonsense);
        if (thrown == null) {
          answers++;
        } else {
          refusals++;
          String where = "seed " + seed + " round " + round + " " + signature(method);
          assertRefused(where, thrown);
          assertThat(bench.requests()).as(where).isEqualTo(calls);
          assertThat(bench.saved()).as(where).isEqualTo(saved);
        }
      }
    }
    assertThat(refusals).as("refusals with seed %d", seed).isPositive();
    assertThat(answers).as("answers with seed %d", seed).isPositive();
  }

  private Throwable thrownBy(Method method, Nonsense nonsense) {
    try {
      Object[] arguments = new Object[method.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = nonsense.of(method.getGenericParameterTypes()[i]);
      }
      method.invoke(bench.gatehouse, arguments);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (Throwable e) {
      return e;
    }
  }

  @Test
  void harmless_text_in_any_script_is_kept_as_it_is() {
    List<String> names =
        List.of(
            "'; DROP TABLE payments;--",
            "<script>alert(1)</script>",
            "%s%n ${x} {value}",
            "مرحبا",
            "🎉 東京",
            "Zoë O'Neill");
    for (int i = 0; i < names.size(); i++) {
      CustomerId id = new CustomerId("c" + i);
      bench.gatehouse.register(new RegisterCustomer(id, Bench.person(names.get(i))));
      assertThat(bench.store.customer(id).orElseThrow().person().orElseThrow().name())
          .isEqualTo(names.get(i));
    }
  }

  @Test
  void no_id_is_made_of_nonsense() {
    List<Function<String, Object>> ids =
        List.of(
            CustomerId::new,
            CheckoutId::new,
            PaymentId::new,
            MembershipId::new,
            PlanId::new,
            GatewayInstanceId::new);
    for (Function<String, Object> id : ids) {
      assertThatThrownBy(() -> id.apply(null)).isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> id.apply("x".repeat(65))).isInstanceOf(InvalidInputException.class);
      for (String text : Nonsense.TEXTS) {
        assertRefused("id", catchThrowable(() -> id.apply(text)));
      }
    }
  }

  @Test
  void an_error_with_a_thousand_problems_lists_them_all_and_has_a_short_message() {
    List<Line> lines = Collections.nCopies(400, new Line(Kind.GOODS, null, 0, null, null));
    Throwable thrown =
        catchThrowable(
            () -> bench.gatehouse.startCheckout(StartCheckout.forLines(Bench.ANN, "key", lines)));
    assertThat(((GatehouseException) thrown).problems()).hasSize(1_600);
    assertThat(thrown.getMessage()).hasSizeLessThan(5_000).endsWith("and 1580 more");
  }

  @Test
  void a_line_without_a_kind_is_refused() {
    Line line = new Line(null, "A thing", 1, TEN, TEN);
    Throwable thrown =
        catchThrowable(
            () ->
                bench.gatehouse.startCheckout(
                    StartCheckout.forLines(Bench.ANN, "key", List.of(line))));
    assertThat(((GatehouseException) thrown).problems())
        .singleElement()
        .extracting(Problem::field)
        .isEqualTo("lines[0].kind");
  }

  @Test
  void of_a_list_that_is_far_too_long_only_that_is_said() {
    List<Line> lines = Collections.nCopies(10_000, new Line(Kind.GOODS, null, 0, null, null));
    Throwable thrown =
        catchThrowable(
            () -> bench.gatehouse.startCheckout(StartCheckout.forLines(null, null, lines)));
    assertThat(((GatehouseException) thrown).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("lines");
              assertThat(problem.message()).isEqualTo("has a length above 500");
            });
  }

  private Map<String, List<Consumer<GatehouseBuilder>>> builderTable() {
    Map<String, List<Consumer<GatehouseBuilder>>> table = new LinkedHashMap<>();
    table.put("store(Store)", List.of(b -> b.store(null)));
    table.put("catalog(GatewayCatalog)", List.of(b -> b.catalog(null)));
    table.put("gateway(GatewayConfig)", List.of(b -> b.gateway(null)));
    table.put(
        "gateways(GatewayConfigs)",
        List.of(
            b -> b.gateways(null),
            b -> b.gateways(GatewayConfigs.collect().properties(Path.of("nowhere"))).build()));
    table.put(
        "gatewayFolder(Path)",
        List.of(
            b -> b.gatewayFolder(null), b -> b.gatewayFolder(Path.of("no-such-folder")).build()));
    table.put("whenRefused(WhenRefused)", List.of(b -> b.whenRefused(null)));
    table.put(
        "hook(LifecycleHook)",
        List.of(
            b -> b.hook(null),
            b -> b.hook(Hook.named(null)).build(),
            b -> b.hook(Hook.named("")).build(),
            b -> b.hook(Hook.named("CRM!")).build(),
            b -> b.hook(Hook.named("x".repeat(65))).build(),
            b -> b.hook(Hook.named(Nonsense.CARD + "\n")).build(),
            b -> b.hook(Hook.named("crm")).hook(Hook.named("crm")).build(),
            b -> b.hook(new NamelessHook()).build()));
    table.put("hooks(HookConfigs)", List.of(b -> b.hooks(null), b -> b.hooks(badHooks()).build()));
    table.put("hookCatalog(HookCatalog)", List.of(b -> b.hookCatalog(null)));
    table.put(
        "hookFolder(Path)",
        List.of(b -> b.hookFolder(null), b -> b.hookFolder(Path.of("no-such-folder")).build()));
    table.put("transport(HttpTransport)", List.of(b -> b.transport(null)));
    table.put("clock(Clock)", List.of(b -> b.clock(null)));
    table.put("policy(EnginePolicy)", List.of(b -> b.policy(null), b -> b.policy(policy(0, -1))));
    table.put(
        "timeLimit(Duration)",
        List.of(
            b -> b.timeLimit(null),
            b -> b.timeLimit(Duration.ZERO).build(),
            b -> b.timeLimit(Duration.ofSeconds(Long.MIN_VALUE)).build(),
            b -> b.timeLimit(Duration.ofSeconds(Long.MAX_VALUE)).build()));
    table.put("ids(IdSource)", List.of(b -> b.ids(null)));
    return table;
  }

  private static HookConfigs badHooks() {
    return HookConfigs.collect()
        .properties(Map.of("hook.x.provider", "nobody", "hook.X.y", Nonsense.CARD));
  }

  @Test
  void every_method_of_the_builder_that_takes_something_is_in_its_table_and_refuses_nonsense() {
    assertThat(new TreeSet<>(builderTable().keySet()))
        .isEqualTo(
            methodsOf(GatehouseBuilder.class)
                .map(GatehouseInputTest::signature)
                .collect(Collectors.toCollection(TreeSet::new)));
    builderTable()
        .forEach(
            (method, cases) ->
                cases.forEach(
                    refused -> {
                      GatehouseBuilder builder =
                          Gatehouse.builder()
                              .catalog(GatewayCatalog.of())
                              .transport(new ClosedTransport());
                      assertRefused(method, catchThrowable(() -> refused.accept(builder)));
                    }));
  }

  @Test
  void a_policy_says_everything_that_is_wrong_with_it() {
    assertThatThrownBy(() -> policy(0, -1))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.field())
                    .containsExactly("excess", "firstPoll", "paymentsPerCheckout"));
  }

  @Test
  void a_source_of_ids_that_gives_none_is_refused_when_it_is_used() {
    Gatehouse gatehouse =
        Gatehouse.builder()
            .store(bench.store)
            .catalog(GatewayCatalog.of())
            .transport(new ClosedTransport())
            .ids(() -> null)
            .build();
    List<Object> saved = bench.saved();
    assertRefused("ids", catchThrowable(() -> gatehouse.startCheckout(Bench.plan("new"))));
    assertThat(bench.saved()).isEqualTo(saved);
  }

  private static EnginePolicy policy(int payments, long firstPoll) {
    Duration day = Duration.ofDays(1);
    return new EnginePolicy(
        null,
        EnginePolicy.Excess.REFUND,
        day,
        day,
        Duration.ofSeconds(firstPoll),
        day,
        day,
        day,
        day,
        day,
        day,
        1,
        day,
        day,
        day,
        day,
        day,
        day,
        payments,
        1,
        1);
  }

  private static List<Refused> registrations() {
    List<Refused> cases = new ArrayList<>();
    cases.add(g -> g.register(null));
    cases.add(g -> g.register(new RegisterCustomer(null, Bench.person("Ann"))));
    cases.add(g -> g.register(new RegisterCustomer(new CustomerId("bob"), null)));
    cases.add(g -> g.register(new RegisterCustomer(Bench.ANN, Bench.person("Somebody else"))));
    for (String name : unreadable()) {
      cases.add(g -> g.register(new RegisterCustomer(new CustomerId("bob"), Bench.person(name))));
    }
    List<String> emails = new ArrayList<>(Nonsense.TEXTS);
    emails.addAll(Arrays.asList(null, "a@", "@b", "a b@c.d", "a@b..c", "a@b\n.c", "<a@b.c>"));
    for (String email : emails) {
      Person person = new Person("Bob", email, Locale.US);
      cases.add(g -> g.register(new RegisterCustomer(new CustomerId("bob"), person)));
    }
    Person speechless = new Person("Bob", "bob@example.com", null);
    cases.add(g -> g.register(new RegisterCustomer(new CustomerId("bob"), speechless)));
    return cases;
  }

  private static List<Refused> checkouts() {
    List<StartCheckout> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new StartCheckout(null, null, null, null, null, null));
    commands.add(lines(new CustomerId("nobody"), "key", List.of(Line.of("x", 1, TEN))));
    commands.add(lines(Bench.ANN, OURS, List.of(Line.of("x", 1, TEN))));
    for (String key : Nonsense.TEXTS) {
      commands.add(lines(Bench.ANN, key, List.of(Line.of("x", 1, TEN))));
    }
    for (String text : unreadable()) {
      commands.add(lines(Bench.ANN, "key", List.of(Line.of(text, 1, TEN))));
      commands.add(StartCheckout.forPlan(Bench.ANN, "key", new Plan(new PlanId("p"), text, TEN)));
    }
    commands.add(lines(Bench.ANN, "key", List.of()));
    commands.add(lines(Bench.ANN, "key", Arrays.asList((Line) null)));
    commands.add(lines(Bench.ANN, "key", Collections.nCopies(10_000, Line.of("x", 1, TEN))));
    for (int quantity : new int[] {0, -1, 100_001, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", quantity, TEN))));
    }
    for (Money price : List.of(TEN.negated(), HUGE, money("XXX"), money("XAU"))) {
      commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 1, price))));
      commands.add(StartCheckout.forPlan(Bench.ANN, "key", new Plan(new PlanId("p"), "x", price)));
    }
    Money most = Money.ofMinor(CurrencyUnit.USD, Long.MAX_VALUE);
    commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 2, most))));
    commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 1, most), Line.of("y", 1, most))));
    commands.add(
        lines(Bench.ANN, "key", List.of(Line.of("x", 1, TEN), Line.of("y", 1, money("EUR")))));
    commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 1, TEN).less(money("EUR")))));
    commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 1, TEN).less(TEN.plus(1)))));
    commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 1, TEN).less(TEN.negated()))));
    for (Money off : List.of(TEN.negated(), TEN.plus(1), HUGE, money("EUR"), money("XXX"))) {
      commands.add(lines(Bench.ANN, "key", List.of(Line.of("x", 1, TEN))).lessDiscount(off));
    }
    for (Duration lifetime :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofDays(367))) {
      commands.add(
          new StartCheckout(
              Bench.ANN,
              "key",
              Optional.empty(),
              List.of(Line.of("x", 1, TEN)),
              Optional.empty(),
              Optional.of(lifetime)));
    }
    commands.add(lines(Bench.ANN, "open", List.of(Line.of("something else", 1, TEN))));
    return commands.stream().map(c -> (Refused) g -> g.startCheckout(c)).toList();
  }

  private List<Refused> payments() {
    List<Pay> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new Pay(null, null, null, null, null, false, null, null, null));
    commands.add(Pay.sale(new CheckoutId("nothing"), "key", Bench.FAKE, Bench.TOKEN));
    commands.add(Pay.sale(bench.open, "key", new GatewayInstanceId("nowhere"), Bench.TOKEN));
    commands.add(Pay.sale(bench.paid, "key", Bench.FAKE, Bench.TOKEN));
    commands.add(Pay.sale(bench.free, "key", Bench.FAKE, Bench.TOKEN));
    commands.add(Pay.sale(bench.paid, "pay", Bench.BARE, Bench.TOKEN));
    commands.add(Pay.sale(bench.open, "key", Bench.BARE, Bench.TOKEN).holdOnly());
    commands.add(Pay.sale(bench.open, "key", Bench.BARE, Bench.TOKEN).storingMethod());
    commands.add(Pay.sale(bench.open, "key", Bench.BARE, new PaymentMethod.Stored("card", "pm_1")));
    commands.add(Pay.sale(bench.open, "key", Bench.FAKE, new PaymentMethod.OfType("giro")));
    commands.add(Pay.sale(bench.open, "key", Bench.FAKE, new PaymentMethod.Stored("card", "pm_1")));
    commands.add(Pay.sale(bench.open, OURS, Bench.FAKE, Bench.TOKEN));
    for (String text : Nonsense.TEXTS) {
      commands.add(Pay.sale(bench.open, text, Bench.FAKE, Bench.TOKEN));
      commands.add(Pay.sale(bench.open, "key", Bench.FAKE, new PaymentMethod.OfType(text)));
      commands.add(Pay.sale(bench.open, "key", Bench.FAKE, new PaymentMethod.Stored("card", text)));
    }
    for (String token :
        Arrays.asList(null, "", "  ", Nonsense.CARD, "4111-1111-1111-1111", "x".repeat(1 << 20))) {
      commands.add(Pay.sale(bench.open, "key", Bench.FAKE, new PaymentMethod.Token("card", token)));
    }
    for (String text : unreadable()) {
      commands.add(described(Optional.ofNullable(text).or(() -> Optional.of(""))));
    }
    commands.add(described(null));
    for (String url :
        List.of("http://shop.example/", "javascript:alert(1)", "https:x", "/back", "")) {
      commands.add(
          Pay.sale(bench.open, "key", Bench.FAKE, Bench.TOKEN).returningTo(URI.create(url)));
    }
    return commands.stream().map(c -> (Refused) g -> g.pay(c)).toList();
  }

  private static List<Refused> imports() {
    PaymentMethod.Stored card = new PaymentMethod.Stored("card", "pm_1");
    List<ImportStoredMethod> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new ImportStoredMethod(null, null, null));
    commands.add(new ImportStoredMethod(new CustomerId("nobody"), Bench.FAKE, card));
    commands.add(new ImportStoredMethod(Bench.EVE, Bench.FAKE, card));
    commands.add(new ImportStoredMethod(Bench.ANN, new GatewayInstanceId("nowhere"), card));
    commands.add(new ImportStoredMethod(Bench.ANN, Bench.BARE, card));
    for (String text : Nonsense.TEXTS) {
      commands.add(
          new ImportStoredMethod(Bench.ANN, Bench.FAKE, new PaymentMethod.Stored("card", text)));
      commands.add(
          new ImportStoredMethod(Bench.ANN, Bench.FAKE, new PaymentMethod.Stored(text, "pm_1")));
    }
    return commands.stream().map(c -> (Refused) g -> g.importStoredMethod(c)).toList();
  }

  private static List<Refused> setUps() {
    Agreement agreed = new Agreement(Agreement.Use.RECURRING, "each month", Instant.EPOCH);
    List<StoreMethod> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new StoreMethod(null, null, null, null, null, null));
    commands.add(new StoreMethod(Bench.ANN, "k", Bench.FAKE, Bench.TOKEN, null));
    commands.add(new StoreMethod(new CustomerId("nobody"), "k", Bench.FAKE, Bench.TOKEN, agreed));
    commands.add(new StoreMethod(Bench.EVE, "k", Bench.FAKE, Bench.TOKEN, agreed));
    commands.add(new StoreMethod(Bench.ANN, "k", Bench.BARE, Bench.TOKEN, agreed));
    commands.add(
        new StoreMethod(
            Bench.ANN, "k", Bench.FAKE, new PaymentMethod.Stored("card", "pm_1"), agreed));
    for (String text : Nonsense.TEXTS) {
      commands.add(
          new StoreMethod(
              Bench.ANN,
              text,
              Bench.FAKE,
              Bench.TOKEN,
              new Agreement(Agreement.Use.UNSCHEDULED, text, Instant.EPOCH)));
      commands.add(
          new StoreMethod(Bench.ANN, "k", Bench.FAKE, new PaymentMethod.Token(text, text), agreed));
    }
    return commands.stream().map(c -> (Refused) g -> g.storeMethod(c)).toList();
  }

  private static List<Refused> removals() {
    List<RemoveStoredMethod> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new RemoveStoredMethod(null, null, null));
    commands.add(new RemoveStoredMethod(new CustomerId("nobody"), Bench.FAKE, "pm_1"));
    return commands.stream().map(c -> (Refused) g -> g.removeStoredMethod(c)).toList();
  }

  private Pay described(Optional<String> description) {
    return new Pay(
        bench.open,
        "key",
        Bench.FAKE,
        Bench.TOKEN,
        CaptureMode.AUTOMATIC,
        false,
        Initiator.CUSTOMER,
        description,
        Optional.empty());
  }

  private List<Refused> cancellations() {
    List<Refused> cases = new ArrayList<>();
    cases.add(g -> g.cancelMembership(null));
    cases.add(g -> g.cancelMembership(new CancelMembership(null, "why")));
    cases.add(g -> g.cancelMembership(new CancelMembership(new MembershipId("none"), "why")));
    for (String reason : unreadable()) {
      cases.add(g -> g.cancelMembership(new CancelMembership(bench.membership, reason)));
    }
    return cases;
  }

  private List<Refused> captures() {
    List<Capture> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new Capture(null, null, null, false));
    commands.add(new Capture(unknown(), "key", TEN, true));
    commands.add(new Capture(bench.payment, "key", TEN, true));
    amounts().forEach(amount -> commands.add(new Capture(bench.payment, "key", amount, true)));
    Nonsense.TEXTS.forEach(key -> commands.add(new Capture(bench.payment, key, TEN, true)));
    return commands.stream().map(c -> (Refused) g -> g.capture(c)).toList();
  }

  private List<Refused> voids() {
    List<Refused> cases = new ArrayList<>();
    cases.add(g -> g.voidPayment(null));
    cases.add(g -> g.voidPayment(new VoidPayment(null, null)));
    cases.add(g -> g.voidPayment(new VoidPayment(unknown(), "key")));
    cases.add(g -> g.voidPayment(new VoidPayment(bench.payment, "key")));
    Nonsense.TEXTS.forEach(
        key -> cases.add(g -> g.voidPayment(new VoidPayment(bench.payment, key))));
    return cases;
  }

  private List<Refused> refunds() {
    List<Refund> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new Refund(null, null, null, null));
    commands.add(Refund.of(unknown(), "key", TEN));
    commands.add(Refund.of(bench.payment, "key", TEN.plus(1)));
    commands.add(Refund.of(bench.transfer, "key", TEN));
    amounts().forEach(amount -> commands.add(Refund.of(bench.payment, "key", amount)));
    Nonsense.TEXTS.forEach(key -> commands.add(Refund.of(bench.payment, key, TEN)));
    for (String text : unreadable()) {
      Optional<String> reason = Optional.of(text == null ? "" : text);
      commands.add(new Refund(bench.payment, "key", TEN, reason));
    }
    return commands.stream().map(c -> (Refused) g -> g.refund(c)).toList();
  }

  private static List<Refused> webhooks() {
    WebhookRequest sound = new WebhookRequest("POST", URI.create("/"), Map.of(), new byte[0]);
    Map<String, List<String>> holed = new LinkedHashMap<>();
    holed.put("signature", null);
    Map<String, List<String>> nameless = new LinkedHashMap<>();
    nameless.put(null, List.of("x"));
    Map<String, List<String>> hollow = Map.of("signature", Arrays.asList((String) null));
    URI uri = URI.create("/");
    byte[] body = {1};
    return List.of(
        g -> g.webhook(null, sound),
        g -> g.webhook(Bench.FAKE, null),
        g -> g.webhook(new GatewayInstanceId("nowhere"), sound),
        g -> g.webhook(Bench.BARE, sound),
        g -> g.webhook(Bench.FAKE, new WebhookRequest(null, uri, Map.of(), body)),
        g -> g.webhook(Bench.FAKE, new WebhookRequest("POST", null, Map.of(), body)),
        g -> g.webhook(Bench.FAKE, new WebhookRequest("POST", uri, null, body)),
        g -> g.webhook(Bench.FAKE, new WebhookRequest("POST", uri, Map.of(), null)),
        g -> g.webhook(Bench.FAKE, new WebhookRequest("POST", uri, holed, body)),
        g -> g.webhook(Bench.FAKE, new WebhookRequest("POST", uri, nameless, body)),
        g -> g.webhook(Bench.FAKE, new WebhookRequest("POST", uri, hollow, body)));
  }

  /** Unknown, missing, and what is refused in the state that it is in. */
  private static List<Refused> ofCheckout(
      BiConsumer<Gatehouse, CheckoutId> method, CheckoutId wrongState) {
    List<Refused> cases = new ArrayList<>();
    cases.add(g -> method.accept(g, null));
    cases.add(g -> method.accept(g, new CheckoutId("nothing")));
    if (wrongState != null) {
      cases.add(g -> method.accept(g, wrongState));
    }
    return cases;
  }

  /** Amounts that nobody can move in a payment in dollars. */
  static List<Money> amounts() {
    return Arrays.asList(
        null,
        Money.parse("USD 0"),
        TEN.negated(),
        HUGE,
        HUGE.negated(),
        money("EUR"),
        money("JPY"),
        money("XXX"));
  }

  /** Texts that cannot be shown on one line. */
  static List<String> unreadable() {
    return Arrays.asList(
        null,
        "",
        " ",
        "\u200B",
        "a\u0000b",
        "a\r\nb",
        "\u202Egnp.exe",
        "\uD800",
        Nonsense.CARD,
        "my card: 4111 1111 1111 1111, thanks",
        "x".repeat(1 << 20));
  }

  private static StartCheckout lines(CustomerId customer, String key, List<Line> lines) {
    return StartCheckout.forLines(customer, key, lines);
  }

  static PaymentId unknown() {
    return new PaymentId("pay_nothing");
  }

  static Money money(String currency) {
    return Money.of(CurrencyUnit.of(currency), BigDecimal.TEN);
  }

  static Stream<Method> methodsOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> method.getParameterCount() > 0);
  }

  static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(",", "(", ")"));
  }

  static void assertRefused(String where, Throwable thrown) {
    assertThat(thrown).as(where).isInstanceOf(GatehouseException.class);
    GatehouseException refused = (GatehouseException) thrown;
    assertThat(refused.category()).as(where).isNotNull();
    assertThat(refused.problems()).as(where).isNotEmpty();
    assertThat(refused.problems().subList(0, Math.min(20, refused.problems().size())))
        .as(where)
        .allSatisfy(
            problem -> {
              assertThat(problem.field()).isNotBlank();
              assertThat(problem.code()).matches("[a-z][a-z0-9.-]*");
              assertThat(problem.message()).isNotBlank();
              assertThat(problem.remedy()).isNotBlank();
              assertThat(problem.describe())
                  .hasSizeLessThan(1_000)
                  .doesNotContain(Nonsense.CARD, "4111 1111", "4111-1111")
                  .doesNotContainPattern("\\p{Cntrl}|\u202E");
            });
    assertThat(refused.getMessage()).as(where).hasSizeLessThan(20_000);
  }

  /** A hook that does not know its own name. */
  private static final class NamelessHook implements LifecycleHook {
    @Override
    public String id() {
      throw new IllegalStateException("no name");
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return false;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      return HookResult.delivered();
    }
  }
}
