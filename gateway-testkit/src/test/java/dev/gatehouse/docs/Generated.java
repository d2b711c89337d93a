package dev.gatehouse.docs;

import dev.gatehouse.checkout.CheckoutMachine;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.machine.Machine;
import dev.gatehouse.membership.MembershipMachine;
import dev.gatehouse.operations.Charged;
import dev.gatehouse.payment.PaymentMachine;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Group;
import dev.gatehouse.testkit.conformance.HookKit;
import dev.gatehouse.testkit.conformance.HookTrait;
import dev.gatehouse.testkit.reference.TestToken;
import dev.gatehouse.testkit.simulator.FaultKind;
import dev.gatehouse.testkit.simulator.Invariant;
import dev.gatehouse.testkit.simulator.StepKind;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The blocks of the documentation that are made from the code. */
final class Generated {
  private static final Map<String, Supplier<String>> BLOCKS =
      Map.ofEntries(
          Map.entry("gateways", Generated::gateways),
          Map.entry("gateway-settings", Generated::gatewaySettings),
          Map.entry("test-tokens", Generated::testTokens),
          Map.entry("dependencies", Poms::dependencies),
          Map.entry("capabilities", Generated::capabilities),
          Map.entry("packages", Generated::packages),
          Map.entry("checkout-machine", () -> machine(CheckoutMachine.table())),
          Map.entry("payment-machine", () -> machine(PaymentMachine.table())),
          Map.entry("membership-machine", () -> machine(MembershipMachine.table())),
          Map.entry("charged", Generated::charged),
          Map.entry("events", Generated::events),
          Map.entry("retries", Generated::retries),
          Map.entry("error-categories", Generated::errorCategories),
          Map.entry("decline-codes", Generated::declineCodes),
          Map.entry("policy", Generated::policy),
          Map.entry("simulator-faults", () -> kinds("Fault", FaultKind.values())),
          Map.entry("simulator-steps", () -> kinds("Step", StepKind.values())),
          Map.entry("simulator-chances", SimulatorChances::tables),
          Map.entry("simulator-invariants", () -> kinds("Invariant", Invariant.values())),
          Map.entry("planted-bugs", Generated::plantedBugs),
          Map.entry("failure-scenarios", Generated::failureScenarios),
          Map.entry("checks", () -> checks(ConformanceKit.catalogue(), Generated::capabilitiesOf)),
          Map.entry("hook-checks", () -> checks(HookKit.catalogue(), Generated::traitOf)),
          Map.entry("hook-traits", () -> kinds("Trait", HookTrait.values())),
          Map.entry("event-payloads", EventPayloads::all),
          Map.entry("event-envelope", EventPayloads::envelope));

  private Generated() {}

  /** The block with a name, ending with a line's end. */
  static String block(String name) {
    Supplier<String> block = BLOCKS.get(name);
    if (block == null) {
      throw new IllegalStateException("no generated block is called '" + name + "'");
    }
    return block.get();
  }

  /** Every gateway that is found on the class path, and what each of its methods can do. */
  private static String gateways() {
    List<GatewayDescription> found =
        GatewayCatalog.discover().providers().values().stream()
            .map(GatewayCatalog.Entry::description)
            .toList();
    StringBuilder table = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("\n|---|");
    for (GatewayDescription gateway : found) {
      for (String method : gateway.methods().keySet()) {
        table.append(' ').append(gateway.name()).append(" · `").append(method).append("` |");
        rule.append(":---:|");
      }
    }
    table.append(rule).append('\n');
    ticks(
        table,
        "comes with a token",
        found,
        (gateway, method) -> method.token() != MethodSpec.Token.NONE);
    ticks(table, "needs a return address", found, (gateway, method) -> method.needsReturnUrl());
    for (Capability capability : Capability.values()) {
      ticks(
          table,
          words(capability),
          found,
          (gateway, method) ->
              gateway.gatewayCapabilities().contains(capability)
                  || method.capabilities().contains(capability));
    }
    return table.toString();
  }

  private static void ticks(
      StringBuilder table,
      String what,
      List<GatewayDescription> found,
      BiPredicate<GatewayDescription, MethodSpec> holds) {
    table.append("| ").append(what).append(" |");
    for (GatewayDescription gateway : found) {
      for (MethodSpec method : gateway.methods().values()) {
        table.append(holds.test(gateway, method) ? " ✓ |" : "   |");
      }
    }
    table.append('\n');
  }

  /** The catalogue of a kit, a part for each group. */
  private static String checks(List<Check> catalogue, Function<Check, Stream<String>> needs) {
    StringBuilder all = new StringBuilder();
    for (Group group : Group.values()) {
      List<Check> checks = catalogue.stream().filter(check -> check.group() == group).toList();
      if (!checks.isEmpty()) {
        all.append("### ").append(group.title()).append("\n\n");
        all.append(
            table(
                List.of("Check", "What must hold", "Why", "Asked of"),
                checks.stream()
                    .map(
                        check ->
                            List.of(
                                "`" + check.id() + "` " + check.level(),
                                check.rule(),
                                check.why(),
                                askedOf(needs.apply(check))))));
        all.append('\n');
      }
    }
    return all.toString().stripTrailing() + "\n";
  }

  private static String askedOf(Stream<String> needs) {
    String named = needs.map(Generated::code).collect(Collectors.joining(", "));
    return named.isEmpty() ? "all" : named;
  }

  private static Stream<String> capabilitiesOf(Check check) {
    return check.needs().stream().sorted().map(Capability::name);
  }

  private static Stream<String> traitOf(Check check) {
    return HookKit.needs(check.id()).stream().map(HookTrait::name);
  }

  private static String gatewaySettings() {
    return table(
        List.of("Gateway", "Setting", "Kind", "Needed", "What it is"),
        GatewayCatalog.discover().providers().values().stream()
            .flatMap(
                entry ->
                    entry.description().settings().stream()
                        .map(
                            setting ->
                                List.of(
                                    code(entry.provider().id()),
                                    code(setting.name()),
                                    setting.kind().name().toLowerCase(Locale.ROOT),
                                    setting.required() ? "yes" : "no",
                                    setting.description().replace("|", "\\|")))));
  }

  private static String testTokens() {
    Stream<List<String>> tokens =
        Arrays.stream(TestToken.values())
            .map(token -> List.of(code(token.value()), SourceComments.of(token)));
    List<String> declines =
        List.of(
            code("tok_decline_…"),
            "Declined with that [code](errors.md#declines) in small letters, such as "
                + code(TestToken.decline(DeclineCode.INSUFFICIENT_FUNDS))
                + ".");
    return table(List.of("Token", "What happens"), Stream.concat(tokens, Stream.of(declines)));
  }

  private static String capabilities() {
    return table(
        List.of("Capability", "Meaning", "Interface to implement", "Also declare"),
        Arrays.stream(Capability.values())
            .map(
                capability ->
                    List.of(
                        code(capability.name()),
                        SourceComments.of(capability),
                        capability.implementedBy().map(t -> code(t.getSimpleName())).orElse("none"),
                        capability.implied().stream()
                            .sorted()
                            .map(implied -> code(implied.name()))
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * The packages of each module of ours, with the first sentence of what they say of themselves.
   */
  private static String packages() {
    return table(
        List.of("Package", "What it is"),
        Repository.filesEndingWith("package-info.java").stream()
            .filter(file -> file.toString().contains("/src/main/java/dev/gatehouse/"))
            .sorted(Comparator.comparing(Generated::packageOf))
            .map(file -> List.of(code(packageOf(file)), SourceComments.ofPackage(file))));
  }

  private static String packageOf(Path packageInfo) {
    String path = packageInfo.getParent().toString();
    return path.substring(path.indexOf("/src/main/java/") + 15).replace('/', '.');
  }

  private static String machine(Machine<?, ?> machine) {
    return "```mermaid\n" + machine.mermaid() + "```\n\n" + machine.markdown();
  }

  private static String events() {
    return table(
        List.of("Event", "When", "Fields beside the header"),
        Arrays.stream(LifecycleEvent.class.getPermittedSubclasses())
            .sorted(Comparator.comparing(Class::getSimpleName))
            .map(
                event ->
                    List.of(
                        code(event.getSimpleName()), SourceComments.of(event), fieldsOf(event))));
  }

  private static String fieldsOf(Class<?> event) {
    return Arrays.stream(event.getRecordComponents())
        .filter(component -> !component.getName().equals("header"))
        .map(component -> code(component.getName()) + " " + typeName(component))
        .collect(Collectors.joining(", "));
  }

  private static String typeName(RecordComponent component) {
    Type type = component.getGenericType();
    return type.getTypeName()
        .replaceAll("[a-z]+[a-z0-9]*\\.", "")
        .replace("Optional<", "(optional) ")
        .replace("List<", "(list) ")
        .replace(">", "");
  }

  private static String retries() {
    return table(
        List.of("Advice", "What a caller may do"),
        Arrays.stream(ErrorCategory.Retry.values())
            .map(retry -> List.of(code(retry.name()), SourceComments.of(retry))));
  }

  private static String errorCategories() {
    return table(
        List.of("Category", "Meaning", "Retry"),
        Arrays.stream(ErrorCategory.values())
            .map(
                category ->
                    List.of(
                        code(category.name()),
                        SourceComments.of(category),
                        code(category.retry().name()))));
  }

  private static String charged() {
    return table(
        List.of("Verdict", "Was the customer charged?"),
        Arrays.stream(Charged.values())
            .map(charged -> List.of(code(charged.name()), SourceComments.of(charged))));
  }

  private static String declineCodes() {
    return table(
        List.of("Decline code", "Category", "Same method again?"),
        Arrays.stream(DeclineCode.values())
            .map(
                code ->
                    List.of(
                        code(code.name()),
                        code(code.category().name()),
                        code.category().retry() == ErrorCategory.Retry.NEW_ATTEMPT
                            ? "yes, within the budget"
                            : "no")));
  }

  private static String policy() {
    EnginePolicy defaults = EnginePolicy.defaults();
    return table(
        List.of("Choice", "Default", "What it decides"),
        Arrays.stream(EnginePolicy.class.getRecordComponents())
            .map(
                choice ->
                    List.of(
                        code(choice.getName()),
                        shown(valueOf(choice, defaults)),
                        SourceComments.ofComponent(EnginePolicy.class, choice.getName()))));
  }

  private static String kinds(String head, Enum<?>[] kinds) {
    return table(
        List.of(head, "What it is"),
        Arrays.stream(kinds).map(kind -> List.of(code(kind.name()), SourceComments.of(kind))));
  }

  /** The tests that plant a bug, as sentences, and the invariant that must name it. */
  private static String plantedBugs() {
    String source =
        Repository.text(
            Repository.file(
                "gateway-testkit/src/test/java/dev/gatehouse/testkit/simulator"
                    + "/PlantedBugsTest.java"));
    return table(
        List.of("Planted bug", "Found by", "Within seeds"),
        Pattern.compile(
                "void (\\w+)_is_found\\(\\).*?Invariant\\.(\\w+),\\s*([0-9_]+)\\)", Pattern.DOTALL)
            .matcher(source)
            .results()
            .map(
                found ->
                    List.of(
                        found.group(1).replace('_', ' '),
                        code(found.group(2)),
                        found.group(3).replace('_', ','))));
  }

  /** The numbered scenarios, and how many tests of each there are over which store. */
  private static String failureScenarios() {
    return table(
        List.of("No.", "What happens", "In memory", "SQLite", "PostgreSQL", "Where"),
        FailureScenarios.all().values().stream()
            .map(
                scenario ->
                    List.of(
                        Integer.toString(scenario.number()),
                        scenario.title(),
                        count(scenario.over("memory")),
                        count(scenario.over("sqlite")),
                        count(scenario.over("postgres")),
                        scenario.classes().stream()
                            .map(Generated::code)
                            .collect(Collectors.joining(", ")))));
  }

  private static String count(int tests) {
    return tests == 0 ? "–" : Integer.toString(tests);
  }

  private static Object valueOf(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shown(Object value) {
    if (!(value instanceof Duration time)) {
      return value instanceof Enum<?> choice ? code(choice.name()) : value.toString();
    }
    if (time.toHours() >= 24) {
      return time.toDays() + " d";
    }
    return time.toSeconds() < 60 ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }

  private static String words(Enum<?> constant) {
    String words = constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  static String table(List<String> head, Stream<List<String>> rows) {
    return row(head)
        + "|"
        + "---|".repeat(head.size())
        + "\n"
        + rows.map(Generated::row).collect(Collectors.joining());
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
