package dev.gatehouse.examples.membership;

import dev.gatehouse.facts.Totals;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.operations.Answer;
import dev.gatehouse.operations.Charged;
import dev.gatehouse.operations.Discrepancy;
import dev.gatehouse.operations.Doubt;
import dev.gatehouse.operations.HookBacklog;
import dev.gatehouse.operations.Moment;
import dev.gatehouse.operations.Verdict;
import dev.gatehouse.payment.OpenConflict;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Delivery;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.joda.money.Money;

/** Says to an operator what was found. Times are in UTC. Not thread-safe. */
final class OpsReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean colours;

  OpsReport(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  void flush() {
    out.flush();
  }

  /** Something was done. */
  void done(String what) {
    line(paint(GREEN, safe(what)));
  }

  /** There may be more. */
  void more(String last) {
    line(paint(FAINT, "there may be more: --after " + safe(last)));
  }

  /**
   * The answer.
   *
   * @param behind what the page begins behind, if it is not the first: it answers for the rest only
   */
  void answer(Answer answer, Optional<String> behind) {
    String rest = behind.map(id -> "behind " + id + " only: ").orElse("");
    line(paint(answer.isOpen() ? YELLOW : BOLD, rest + answer.summary()));
    if (answer.payments().isEmpty() && answer.customers().isEmpty() && behind.isEmpty()) {
      line("that is no 'no': is it the store of the site, and spelled as there? try another id");
    }
    if (!answer.customers().isEmpty()) {
      line("customers: " + words(answer.customers().stream().map(CustomerId::value).toList()));
    }
    if (!answer.payments().isEmpty()) {
      line("");
      Table table = new Table().row("payment", "charged", "since", "asked", "with us", "gateway");
      answer.payments().forEach(v -> verdict(table, v));
      List<String> lines = table.lines();
      line(paint(BOLD, lines.get(0)));
      for (int i = 0; i < answer.payments().size(); i++) {
        Verdict verdict = answer.payments().get(i);
        line(paint(colour(verdict.charged()), lines.get(i + 1)));
        line("    " + safe(verdict.reason()));
      }
    }
    answer.next().ifPresent(last -> more(last.value()));
  }

  private static void verdict(Table table, Verdict v) {
    table.row(
        v.payment().value(),
        word(v.charged()),
        v.since().map(OpsReport::time).orElse("-"),
        money(v.asked()),
        isKnown(v.charged()) ? money(v.kept()) : "?",
        v.gateway().value());
  }

  void payment(Verdict verdict, Payment payment, List<Doubt> doubts) {
    line(
        paint(colour(verdict.charged()), word(verdict.charged()))
            + verdict.since().map(at -> " since " + time(at)).orElse("")
            + ": "
            + safe(verdict.reason()));
    line("");
    Table table = new Table();
    table.row("payment", payment.id().value());
    payment.checkout().ifPresent(id -> table.row("checkout", id.value()));
    payment.customer().ifPresent(id -> table.row("customer", id.value()));
    table.row("gateway", payment.gateway() + " (" + word(payment.mode()) + ")");
    table.row("state", word(payment.state()));
    table.row("begun", time(payment.createdAt()));
    verdict.nextLook().ifPresent(at -> table.row("next look", time(at)));
    table.row("asked", money(verdict.asked()));
    verdict.totals().ifPresent(totals -> totals(table, totals));
    payment.facts().providerIds().forEach(id -> table.row(safe(id.kind()), safe(id.id())));
    if (!verdict.concerns().isEmpty()) {
      table.row(
          "look at it", words(verdict.concerns().stream().sorted().map(c -> word(c)).toList()));
    }
    table.lines().forEach(this::line);
    calls(payment);
    doubts.forEach(this::doubt);
    payment
        .notes()
        .forEach(
            n ->
                line(
                    safe(
                        "%s  %s: %s, because %s"
                            .formatted(time(n.at()), n.actor(), n.what(), n.reason()))));
  }

  private static void totals(Table table, Totals totals) {
    table.row("held", totals.authorized().toString());
    table.row("taken", totals.captured().toString());
    table.row("refunded", totals.refunded().toString());
    if (totals.disputed().isPositive()) {
      table.row("disputed", totals.disputed().toString());
    }
    table.row("with us", totals.kept().toString());
  }

  private void calls(Payment payment) {
    Table table = new Table().row("call", "amount", "status", "asked", "sends");
    for (Operation o : payment.operations()) {
      table.row(
          safe(o.key()),
          money(o.amount()),
          word(payment.status(o)),
          time(o.createdAt()),
          Integer.toString(o.sends()));
    }
    line("");
    print(table);
  }

  void doubts(List<Doubt> doubts, Optional<String> behind) {
    if (doubts.isEmpty()) {
      line(paint(GREEN, "nothing is in doubt" + behind.map(" behind "::concat).orElse("")));
    }
    doubts.forEach(this::doubt);
  }

  private void doubt(Doubt doubt) {
    line("");
    line(
        paint(
            doubt.leftToPerson() ? RED : YELLOW,
            safe(doubt.operation())
                + " at "
                + doubt.gateway()
                + ": "
                + word(doubt.kind())
                + " "
                + money(doubt.amount())));
    line("    asked: " + time(doubt.askedAt()) + ", sent " + times(doubt.sends()));
    line("    why:   " + safe(doubt.why()));
    line("    next:  " + safe(doubt.next()));
    String look = doubt.leftToPerson() ? "    again: looked for at " : "    when:  ";
    doubt.nextAt().ifPresent(at -> line(look + time(at)));
    line(
        doubt.leftToPerson()
            ? "    do:    ops settle %s %s (--not-done | --effect ID)"
                .formatted(doubt.payment(), safe(doubt.operation()))
            : "    do:    ops look-up %s asks the provider now".formatted(doubt.payment()));
  }

  private static String times(int sends) {
    return sends == 1 ? "once" : sends + " times";
  }

  void discrepancies(List<Discrepancy> found) {
    if (found.isEmpty()) {
      line(paint(GREEN, "there are no conflicts and no mismatches, or all are settled"));
    }
    for (Discrepancy one : found) {
      line(paint(RED, one.payment() + " at " + one.gateway() + ", " + word(one.state())));
      if (!one.mismatches().isEmpty()) {
        line(
            "    not what we asked for: "
                + words(one.mismatches().stream().sorted().map(m -> word(m)).toList()));
      }
      for (OpenConflict conflict : one.conflicts()) {
        line("    " + safe(conflict.fact()) + ": " + safe(String.join(" or ", conflict.values())));
        line("        do: ops settle-conflict %s %s".formatted(one.payment(), conflict.id()));
      }
    }
  }

  void waiting(List<HookBacklog> backlogs, List<Delivery> parked) {
    if (backlogs.isEmpty()) {
      line(paint(GREEN, "nothing waits for any hook"));
      return;
    }
    Table hooks = new Table().row("hook", "waiting", "parked", "since", "known here");
    for (HookBacklog b : backlogs) {
      hooks.row(
          safe(b.hook()),
          Integer.toString(b.waiting()),
          Integer.toString(b.parked()),
          time(b.since()),
          b.isHere() ? "yes" : "no");
    }
    print(hooks);
    for (Delivery delivery : parked) {
      line("");
      line(paint(RED, safe(delivery.hook() + ": " + delivery.event().header().id())));
      line("    why: " + safe(delivery.parked().orElse("")));
    }
  }

  void deliveries(String hook, List<Delivery> found, Optional<String> behind) {
    if (found.isEmpty()) {
      String rest = behind.map(" behind "::concat).orElse("");
      line(paint(GREEN, "nothing waits for " + safe(hook) + safe(rest)));
      return;
    }
    Table table = new Table().row("event", "type", "happened", "tried", "failing since", "next");
    for (Delivery each : found) {
      table.row(
          safe(each.key().event()),
          each.event().type(),
          time(each.event().header().at()),
          Integer.toString(each.attempts()),
          each.failingSince().map(OpsReport::time).orElse("-"),
          next(each));
    }
    List<String> lines = table.lines();
    line(paint(BOLD, lines.get(0)));
    for (int i = 0; i < found.size(); i++) {
      Delivery each = found.get(i);
      line(each.parked().isPresent() ? paint(RED, lines.get(i + 1)) : lines.get(i + 1));
      each.error().ifPresent(said -> line("    said: " + safe(said)));
    }
  }

  /** Each customer's first goes before the others, so nobody knows when these are told. */
  private static String next(Delivery delivery) {
    if (delivery.parked().isPresent()) {
      return "parked";
    }
    if (delivery.unanswered() > 0) {
      return "being told until " + time(delivery.nextAt());
    }
    return delivery.attempts() == 0 ? "in its turn" : time(delivery.nextAt());
  }

  void timeline(List<Moment> moments) {
    Table table = new Table();
    moments.forEach(m -> table.row(time(m.at()), word(m.source()), safe(m.about())));
    List<String> lines = table.lines();
    for (int i = 0; i < moments.size(); i++) {
      line(lines.get(i) + "  " + safe(moments.get(i).what()));
    }
  }

  void actions(List<Action> actions) {
    if (actions.isEmpty()) {
      line("nobody has done anything");
      return;
    }
    Table table = new Table().row("no", "when", "who", "what", "about");
    actions.forEach(
        a ->
            table.row(
                Long.toString(a.number()),
                time(a.at()),
                safe(a.actor()),
                safe(a.what()),
                safe(a.subject())));
    List<String> lines = table.lines();
    line(paint(BOLD, lines.get(0)));
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      line(lines.get(i + 1));
      String detail = action.detail().isEmpty() ? "" : action.detail() + "; ";
      line("    " + safe(detail + "because " + action.reason()));
      line("    " + safe(action.outcome().orElse("its end is not known")));
    }
  }

  private void print(Table table) {
    List<String> lines = table.lines();
    line(paint(BOLD, lines.get(0)));
    lines.subList(1, lines.size()).forEach(this::line);
  }

  private static boolean isKnown(Charged charged) {
    return charged.wasTaken() || charged.wasNotTaken();
  }

  private static String colour(Charged charged) {
    return charged.wasTaken() ? GREEN : charged.wasNotTaken() ? PLAIN : YELLOW;
  }

  private static String money(Optional<Money> money) {
    return money.map(Money::toString).orElse("-");
  }

  private static String time(Instant at) {
    return TIME.format(at);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String words(Collection<String> words) {
    return words.stream().collect(Collectors.joining(", "));
  }

  /** What others wrote must neither break the lines nor steer the terminal. */
  private static String safe(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private String paint(String colour, String text) {
    return colours && !colour.equals(PLAIN) ? colour + text + PLAIN : text;
  }

  private void line(String text) {
    out.println(text);
  }
}
