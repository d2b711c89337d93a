package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.command.ArchiveEvents;
import dev.gatehouse.command.DropDeliveries;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.LookUpPayment;
import dev.gatehouse.command.ReplayEvent;
import dev.gatehouse.command.ReplayParked;
import dev.gatehouse.command.ReportMoney;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.fake.Nonsense;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Operations;
import dev.gatehouse.operations.Page;
import dev.gatehouse.operations.Search;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.store.Action;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense from an operator: always a typed error, before any I/O, and nothing is changed. */
@SuppressWarnings("NullAway")
class OperationsInputTest {
  private static final Money TEN = Money.parse("USD 10");

  private final Bench bench = new Bench();
  private final Operations operations = bench.gatehouse.operations();

  /** A call that must be refused. */
  @FunctionalInterface
  private interface Refused {
    void on(Operations operations);
  }

  private Map<String, List<Refused>> table() {
    Map<String, List<Refused>> table = new LinkedHashMap<>();
    List<Refused> searches = new ArrayList<>();
    searches.add(o -> o.charged((Search) null));
    searches.add(o -> o.charged(Search.email(null)));
    searches.add(o -> o.charged(Search.reference(null)));
    searches.add(o -> o.charged(Search.amount(null)));
    searches.add(o -> o.charged(Search.amount(TEN.negated())));
    searches.add(o -> o.charged(new Search.ByAmount(TEN, null, null)));
    Nonsense.TEXTS.forEach(text -> searches.add(o -> o.charged(Search.email(text))));
    Nonsense.TEXTS.stream()
        .filter(text -> !text.chars().allMatch(c -> c > 0x20 && c < 0x7f) || text.length() > 1024)
        .forEach(text -> searches.add(o -> o.charged(Search.reference(text))));
    table.put("charged(Search)", searches);
    table.put(
        "charged(Search,Page)",
        List.of(
            o -> o.charged(Search.reference("ann"), null),
            o -> o.charged(null, Page.first()),
            o -> o.charged(Search.reference("ann"), Page.first(0)),
            o -> o.charged(Search.reference("ann"), Page.first(1_001)),
            o -> o.charged(Search.reference("ann"), new Page<>(1, null)),
            o ->
                o.charged(
                    Search.reference("ann"),
                    Page.<PaymentId>first().after(GatehouseInputTest.unknown()))));
    table.put(
        "charged(PaymentId)",
        List.of(o -> o.charged((PaymentId) null), o -> o.charged(GatehouseInputTest.unknown())));
    table.put(
        "timeline(CustomerId)",
        List.of(o -> o.timeline((CustomerId) null), o -> o.timeline(new CustomerId("nobody"))));
    table.put(
        "timeline(PaymentId)",
        List.of(o -> o.timeline((PaymentId) null), o -> o.timeline(GatehouseInputTest.unknown())));
    table.put("doubts(Page)", List.of(o -> o.doubts((Page<PaymentId>) null)));
    table.put(
        "doubts(PaymentId)",
        List.of(o -> o.doubts((PaymentId) null), o -> o.doubts(GatehouseInputTest.unknown())));
    table.put("discrepancies(Page)", List.of(o -> o.discrepancies(null)));
    table.put("parked(Page)", List.of(o -> o.parked(null)));
    table.put(
        "deliveries(String,Page)",
        List.of(
            o -> o.deliveries(null, Page.first()),
            o -> o.deliveries("crm", null),
            o -> o.deliveries("crm", Page.first(0))));
    table.put("log(Page)", List.of(o -> o.log(null)));
    table.put("log(String,Page)", List.of(o -> o.log(null, Page.first()), o -> o.log("ann", null)));
    table.put("with(Checks)", List.of(o -> o.with(null)));
    table.put("settle(SettleOperation)", settlements());
    table.put("settle(SettleConflict)", settledConflicts());
    table.put("report(ReportMoney)", reports());
    table.put("lookUp(LookUpPayment)", lookUps());
    table.put("replay(ReplayEvent)", replays());
    table.put("replay(ReplayParked)", replaysOfParked());
    table.put("drop(DropDeliveries)", drops());
    table.put("archive(ArchiveEvents,Consumer)", archives());
    table.put("erase(EraseCustomer)", erasures());
    return table;
  }

  @Test
  void every_method_that_takes_something_is_in_the_table() {
    assertThat(new TreeSet<>(table().keySet()))
        .isEqualTo(
            GatehouseInputTest.methodsOf(Operations.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(GatehouseInputTest::signature)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void every_method_refuses_nonsense_typed_before_any_io_and_changes_nothing() {
    List<String> calls = bench.requests();
    List<Object> saved = bench.saved();
    table()
        .forEach(
            (method, refused) -> {
              for (int i = 0; i < refused.size(); i++) {
                String where = method + " case " + i;
                Refused call = refused.get(i);
                GatehouseInputTest.assertRefused(where, catchThrowable(() -> call.on(operations)));
                assertThat(bench.requests()).as(where).isEqualTo(calls);
                assertThat(bench.saved()).as(where).isEqualTo(saved);
              }
            });
    assertThat(actions())
        .isNotEmpty()
        .extracting(action -> action.outcome().orElse("none"))
        .as("what was in order, but refused as things are, is in the log")
        .allMatch(outcome -> outcome.startsWith("refused: "));
  }

  /** What is read by everybody and kept for ever names nobody. */
  @Test
  void an_action_whose_reason_holds_an_e_mail_address_is_refused_and_not_kept() {
    int before = actions().size();
    Throwable thrown =
        catchThrowable(
            () ->
                operations.erase(
                    new EraseCustomer(Bench.ANN, "Olga", "asked by ann@example.com today")));

    assertThat(thrown)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("reason: holds an e-mail address");
    assertThat(actions()).hasSize(before);
    assertThat(bench.gatehouse.customer(Bench.ANN).isErased()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatever_is_thrown_at_them_they_answer_or_refuse_typed(long seed) throws Throwable {
    Nonsense nonsense =
        new Nonsense(seed)
            .knowing(Bench.ANN)
            .knowing(bench.payment)
            .knowing(bench.transfer)
            .knowing(TEN);
    List<Method> methods =
        GatehouseInputTest.methodsOf(Operations.class)
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> !method.getName().equals("with"))
            .sorted(Comparator.comparing(GatehouseInputTest::signature))
            .toList();
    int refusals = 0;
    int answers = 0;
    for (int round = 0; round < 40; round++) {
      for (Method method : methods) {
        List<Object> saved = bench.saved();
        Throwable thrown = thrownBy(method, nonsense);
        if (thrown == null) {
          answers++;
        } else {
          refusals++;
          String where =
              "seed " + seed + " round " + round + " " + GatehouseInputTest.signature(method);
          GatehouseInputTest.assertRefused(where, thrown);
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
      method.invoke(operations, arguments);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    } catch (Throwable e) {
      return e;
    }
  }

  private List<Action> actions() {
    return operations.log(Page.<Long>first(1_000)).stream()
        .filter(action -> !action.subject().equals(Bench.EVE.value()))
        .toList();
  }

  private List<Refused> lookUps() {
    List<Refused> cases = new ArrayList<>();
    cases.add(o -> o.lookUp(null));
    cases.add(o -> o.lookUp(new LookUpPayment(null, null, null)));
    cases.add(o -> o.lookUp(new LookUpPayment(GatehouseInputTest.unknown(), "ann", "why")));
    for (String text : GatehouseInputTest.unreadable()) {
      cases.add(o -> o.lookUp(new LookUpPayment(bench.payment, text, "why")));
      cases.add(o -> o.lookUp(new LookUpPayment(bench.payment, "ann", text)));
    }
    return cases;
  }

  private List<Refused> replays() {
    List<Refused> cases = new ArrayList<>();
    cases.add(o -> o.replay((ReplayEvent) null));
    cases.add(o -> o.replay(new ReplayEvent(null, "ann/created", "ann", "why")));
    cases.add(o -> o.replay(new ReplayEvent("crm", null, "ann", "why")));
    cases.add(o -> o.replay(new ReplayEvent("nobody", "ann/created", "ann", "why")));
    for (String text : Nonsense.TEXTS) {
      cases.add(o -> o.replay(new ReplayEvent("crm", text, "ann", "why")));
      cases.add(o -> o.replay(new ReplayEvent(text, "ann/created", "ann", "why")));
    }
    for (String text : GatehouseInputTest.unreadable()) {
      cases.add(o -> o.replay(new ReplayEvent("crm", "ann/created", text, "why")));
      cases.add(o -> o.replay(new ReplayEvent("crm", "ann/created", "ann", text)));
    }
    return cases;
  }

  private List<Refused> replaysOfParked() {
    List<Refused> cases = new ArrayList<>();
    cases.add(o -> o.replay((ReplayParked) null));
    cases.add(o -> o.replay(new ReplayParked("crm", "ann", "nothing is parked for it")));
    for (String text : Nonsense.TEXTS) {
      cases.add(o -> o.replay(new ReplayParked(text, "ann", "why")));
    }
    for (String text : GatehouseInputTest.unreadable()) {
      cases.add(o -> o.replay(new ReplayParked("crm", text, "why")));
      cases.add(o -> o.replay(new ReplayParked("crm", "ann", text)));
    }
    return cases;
  }

  private List<Refused> archives() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    List<Refused> cases = new ArrayList<>();
    cases.add(o -> o.archive(null, event -> {}));
    cases.add(o -> o.archive(new ArchiveEvents(now, "ann", "why"), null));
    cases.add(o -> o.archive(new ArchiveEvents(null, "ann", "why"), event -> {}));
    for (String text : GatehouseInputTest.unreadable()) {
      cases.add(o -> o.archive(new ArchiveEvents(now, text, "why"), event -> {}));
      cases.add(o -> o.archive(new ArchiveEvents(now, "ann", text), event -> {}));
    }
    return cases;
  }

  private List<Refused> drops() {
    List<Refused> cases = new ArrayList<>();
    cases.add(o -> o.drop(null));
    cases.add(o -> o.drop(new DropDeliveries("crm", "ann", "the hook is here")));
    for (String text : Nonsense.TEXTS) {
      cases.add(o -> o.drop(new DropDeliveries(text, "ann", "why")));
    }
    for (String text : GatehouseInputTest.unreadable()) {
      cases.add(o -> o.drop(new DropDeliveries("gone", text, "why")));
      cases.add(o -> o.drop(new DropDeliveries("gone", "ann", text)));
    }
    return cases;
  }

  private static List<Refused> erasures() {
    List<Refused> cases = new ArrayList<>();
    cases.add(o -> o.erase(null));
    cases.add(o -> o.erase(new EraseCustomer(null, "ann", "why")));
    cases.add(o -> o.erase(new EraseCustomer(new CustomerId("nobody"), "ann", "why")));
    for (String text : GatehouseInputTest.unreadable()) {
      cases.add(o -> o.erase(new EraseCustomer(Bench.ANN, text, "why")));
      cases.add(o -> o.erase(new EraseCustomer(Bench.ANN, "ann", text)));
    }
    return cases;
  }

  private List<Refused> reports() {
    List<ReportMoney> commands = new ArrayList<>();
    OperatorReport.Finding arrived = OperatorReport.Finding.MONEY_ARRIVED;
    OperatorReport.Finding sent = OperatorReport.Finding.REFUND_SENT;
    commands.add(null);
    commands.add(new ReportMoney(null, null, null, null, null, null));
    commands.add(
        report(GatehouseInputTest.unknown(), arrived, TEN, Optional.empty(), "ann", "why"));
    commands.add(report(bench.transfer, sent, TEN, Optional.empty(), "ann", "why"));
    commands.add(report(bench.transfer, sent, TEN, Optional.of("nothing"), "ann", "why"));
    // A payment whose gateway takes no reports: the fake one does, and makes nothing of it.
    commands.add(report(bench.payment, arrived, TEN, Optional.empty(), "ann", "why"));
    for (Money amount : GatehouseInputTest.amounts()) {
      commands.add(report(bench.transfer, arrived, amount, Optional.empty(), "ann", "why"));
    }
    for (String text : GatehouseInputTest.unreadable()) {
      commands.add(report(bench.transfer, arrived, TEN, Optional.empty(), text, "why"));
      commands.add(report(bench.transfer, arrived, TEN, Optional.empty(), "ann", text));
    }
    for (String text : Nonsense.TEXTS) {
      commands.add(report(bench.transfer, sent, TEN, Optional.of(text), "ann", "why"));
    }
    return commands.stream().map(c -> (Refused) o -> o.report(c)).toList();
  }

  private List<Refused> settledConflicts() {
    List<SettleConflict> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new SettleConflict(null, null, null, null));
    commands.add(new SettleConflict(GatehouseInputTest.unknown(), "0123456789ab", "ann", "why"));
    // There is no such conflict, so nobody can have looked into it.
    commands.add(new SettleConflict(bench.payment, "0123456789ab", "ann", "why"));
    for (String text : Nonsense.TEXTS) {
      commands.add(new SettleConflict(bench.payment, text, "ann", "why"));
    }
    for (String text : GatehouseInputTest.unreadable()) {
      commands.add(new SettleConflict(bench.payment, "0123456789ab", text, "why"));
      commands.add(new SettleConflict(bench.payment, "0123456789ab", "ann", text));
    }
    return commands.stream().map(c -> (Refused) o -> o.settle(c)).toList();
  }

  private List<Refused> settlements() {
    String charge = bench.gatehouse.payment(bench.payment).operations().get(0).key();
    List<SettleOperation> commands = new ArrayList<>();
    commands.add(null);
    commands.add(new SettleOperation(null, null, null, null, null));
    commands.add(
        new SettleOperation(GatehouseInputTest.unknown(), charge, Optional.empty(), "ann", "why"));
    commands.add(new SettleOperation(bench.payment, "nothing", Optional.empty(), "ann", "why"));
    // Its outcome is known: nobody may say otherwise.
    commands.add(new SettleOperation(bench.payment, charge, Optional.empty(), "ann", "why"));
    for (String text : Nonsense.TEXTS) {
      commands.add(new SettleOperation(bench.payment, text, Optional.empty(), "ann", "why"));
      commands.add(new SettleOperation(bench.payment, charge, Optional.of(text), "ann", "why"));
    }
    for (String text : GatehouseInputTest.unreadable()) {
      commands.add(new SettleOperation(bench.payment, charge, Optional.empty(), text, "why"));
      commands.add(new SettleOperation(bench.payment, charge, Optional.empty(), "ann", text));
    }
    return commands.stream().map(c -> (Refused) o -> o.settle(c)).toList();
  }

  private static ReportMoney report(
      PaymentId payment,
      OperatorReport.Finding finding,
      Money amount,
      Optional<String> movement,
      String actor,
      String reason) {
    return new ReportMoney(payment, finding, amount, movement, actor, reason);
  }
}
