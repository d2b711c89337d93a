package dev.gatehouse.examples.membership;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayStatus;
import dev.gatehouse.gateway.GatewayView;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what happens, for people. Not thread-safe. */
final class Report {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int NAME_WIDTH = 22;
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean colours;

  Report(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** Where the records are, and whether this goes on with what a process that died began. */
  void records(Records records, Course course, List<Signup> signups) {
    boolean kept = records.outside().isPresent();
    out.println("records in " + records.place() + (kept ? "" : ", forgotten at the end"));
    if (course.goesOn()) {
      out.println(
          "the tour was ended half-way, after %d of %d sign-ups; it goes on"
              .formatted(course.visits(), signups.size()));
    } else if (course.number() > 1) {
      out.println(
          "tour %d on these records, with customers of its own: %s and so on"
              .formatted(course.number(), signups.get(0).customer()));
    }
    out.println();
  }

  /** Which gateways were found and opened. */
  void gateways(GatewayCatalog catalog, Collection<GatewayView> opened) {
    catalog
        .providers()
        .forEach(
            (id, entry) ->
                out.println(
                    "found gateway "
                        + id
                        + ": "
                        + entry.description().name()
                        + " "
                        + entry.description().version()));
    catalog
        .refusals()
        .forEach(r -> out.println("refused gateway: " + r.source() + ": " + r.reason()));
    String ids = opened.stream().map(g -> g.id().value()).collect(Collectors.joining(", "));
    out.println("opened " + ids);
    out.println();
  }

  /** Every gateway in a table, and below it what each can do or why it is refused. */
  void gateways(List<GatewayStatus> list) {
    Table table = new Table().row("gateway", "state", "mode", "provider", "version", "methods");
    for (GatewayStatus status : list) {
      table.row(
          status.instance().map(GatewayInstanceId::value).orElse("-"),
          word(status.state()),
          status.mode().map(mode -> mode.name().toLowerCase(Locale.ROOT)).orElse("-"),
          status.provider().isEmpty() ? "-" : status.provider(),
          status.description().map(GatewayDescription::version).orElse("-"),
          status.description().map(d -> String.join(", ", d.methods().keySet())).orElse("-"));
    }
    List<String> lines = table.lines();
    out.println(paint(BOLD, lines.get(0)));
    for (int i = 0; i < list.size(); i++) {
      boolean refused = list.get(i).state() == GatewayStatus.State.REFUSED;
      out.println(refused ? paint(RED, lines.get(i + 1)) : lines.get(i + 1));
      details(list.get(i));
    }
    out.println();
    out.flush();
  }

  private void details(GatewayStatus status) {
    status
        .description()
        .ifPresent(
            d ->
                out.println(
                    paint(
                        FAINT,
                        "    can:  "
                            + d.capabilities().stream()
                                .sorted()
                                .map(Report::word)
                                .collect(Collectors.joining(", ")))));
    if (!status.source().isEmpty() && status.description().isPresent()) {
      out.println(paint(FAINT, "    from: " + status.source()));
    }
    status.problems().forEach(p -> out.println(paint(RED, "    why:  " + p.describe())));
  }

  /** A provider answered. */
  void reachable(GatewayInstanceId gateway) {
    out.println("checked " + gateway + ": reachable, and it knows the keys");
  }

  /** A provider did not answer what it was asked. */
  void unreachable(GatewayInstanceId gateway, Failure why) {
    String code = why.code().isEmpty() ? "" : " (" + why.code() + ")";
    out.println(paint(RED, "checked " + gateway + ": " + why.message() + code));
  }

  /** There is nothing that a provider could be asked for without a payment. */
  void notChecked(GatewayInstanceId gateway) {
    out.println(paint(FAINT, "not checked " + gateway + ": it can't list changes"));
  }

  void flush() {
    out.flush();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Scenarios are not run at a gateway, all for one reason. */
  void leftOut(Dropped gateway, Collection<Scenario> scenarios, String why) {
    String words = scenarios.stream().map(Scenario::word).collect(Collectors.joining(", "));
    out.println(paint(FAINT, "left out at " + gateway.view().id() + ": " + words + ": " + why));
  }

  /** No sign-up is run. */
  void nothingToRun() {
    out.println(
        paint(
            RED,
            "tour: nothing was run: no gateway of the folder is open and comes with test tokens"));
    out.flush();
  }

  /** One sign-up is over. */
  void progress(int number, int of, Result result) {
    Signup signup = result.signup();
    String name = Columns.padded(signup.name(), NAME_WIDTH);
    out.println(
        "[%2d/%d] %s %s  %s"
            .formatted(number, of, name, signup.scenario().word(), verdict(result)));
    out.flush();
  }

  /** What happened to each customer. */
  void timelines(List<Result> results) {
    for (Result result : results) {
      Signup signup = result.signup();
      out.println();
      out.println(paint(BOLD, Columns.isolated(signup.name()) + ": " + signup.scenario().word()));
      Table events = new Table();
      for (Story.Line line : result.story()) {
        if (line.isEvent()) {
          events.row(line.what(), line.detail());
        }
      }
      List<String> aligned = events.lines();
      int event = 0;
      for (Story.Line line : result.story()) {
        String time = "  " + time(line.at()) + "  ";
        out.println(
            line.isEvent() ? time + "  " + aligned.get(event++) : time + paint(FAINT, line.what()));
      }
    }
  }

  /** One line for each checkout, and each deviation below. */
  void table(List<Result> results) {
    Table table =
        new Table()
            .row(
                "customer",
                "plan",
                "amount",
                "gateway",
                "scenario",
                "state",
                "ledger",
                "events",
                "verdict");
    for (Result result : results) {
      Signup signup = result.signup();
      table.row(
          signup.name(),
          signup.plan().name(),
          signup.plan().price().toString(),
          signup.scenario().isFree() ? "-" : signup.gateway().value(),
          signup.scenario().word(),
          result.checkout().map(CheckoutView::state).map(Object::toString).orElse("-"),
          result.outside(),
          Integer.toString(result.events()),
          result.isAsExpected() ? "as expected" : "DEVIATES");
    }
    out.println();
    List<String> lines = table.lines();
    out.println(paint(BOLD, lines.get(0)));
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      out.println(result.isAsExpected() ? lines.get(i + 1) : paint(RED, lines.get(i + 1)));
      result.deviations().forEach(deviation -> out.println(paint(RED, "    " + deviation)));
    }
  }

  /** The sums, and the line that says whether all is well. */
  void end(List<Result> results, List<String> violations, Site site) {
    out.println();
    violations.forEach(violation -> out.println(paint(RED, "violated: " + violation)));
    List<CheckoutView> checkouts = results.stream().flatMap(r -> r.checkout().stream()).toList();
    long completed = checkouts.stream().filter(CheckoutView::isCompleted).count();
    int payments = checkouts.stream().mapToInt(view -> view.payments().size()).sum();
    int events = results.stream().mapToInt(Result::events).sum();
    long deviating = results.stream().filter(result -> !result.isAsExpected()).count();
    String line =
        "tour: %d checkouts, %d completed, %d payments, %d webhooks, %d events, %d calls to CRM and analytics (%d failed and repeated), %d deviations, %d invariant violations"
            .formatted(
                checkouts.size(),
                completed,
                payments,
                site.world().delivered(),
                events,
                site.receiver().requests(),
                site.receiver().failures(),
                deviating,
                violations.size());
    out.println(paint(deviating == 0 && violations.isEmpty() ? GREEN : RED, line));
    out.flush();
  }

  private String verdict(Result result) {
    return result.isAsExpected() ? paint(GREEN, "ok") : paint(RED, "DEVIATES");
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  private String paint(String colour, String text) {
    return colours ? colour + text + PLAIN : text;
  }
}
