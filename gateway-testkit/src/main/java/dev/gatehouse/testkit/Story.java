package dev.gatehouse.testkit;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Everything that is known of a record, for the person who reads a failure. */
final class Story {
  private final StringBuilder text = new StringBuilder();

  private Story() {}

  static String of(Payment payment) {
    Story story = new Story();
    story.tell(payment);
    return story.text.toString();
  }

  static String of(CheckoutView view) {
    Story story = new Story();
    story.line("checkout " + view.id() + ": " + view.state());
    story.line("  total: " + view.checkout().total());
    story.line("  raised: " + view.checkout().raised());
    view.payments().forEach(story::tell);
    view.membership().ifPresent(story::tell);
    return story.text.toString();
  }

  static String of(Membership membership) {
    Story story = new Story();
    story.tell(membership);
    return story.text.toString();
  }

  static String of(List<LifecycleEvent> timeline) {
    Story story = new Story();
    if (!timeline.isEmpty()) {
      story.line("timeline:");
      timeline.forEach(event -> story.line("  " + event.header().at() + " " + event));
    }
    return story.text.toString();
  }

  private void tell(Payment payment) {
    line("payment " + payment.id() + " through " + payment.gateway() + ": " + payment.state());
    payment.terms().ifPresent(terms -> line("  asked: " + terms.amount() + " " + terms.capture()));
    payment.totals().ifPresent(totals -> line("  totals: " + totals));
    payment.operations().forEach(operation -> tell(payment, operation));
    tell(payment.facts());
    list("notes", payment.notes());
    list("raised", payment.raised());
  }

  private void tell(Payment payment, Operation operation) {
    line(
        "  operation "
            + operation.key()
            + ": "
            + payment.status(operation)
            + " after "
            + operation.sends()
            + " sends"
            + (operation.leftToPerson() ? ", left to a person" : ""));
    operation.failure().ifPresent(failure -> line("    " + failure));
  }

  private void tell(PaymentFacts facts) {
    line("  facts: reference " + facts.reference().values() + ", mode " + facts.mode().values());
    list("ids", facts.providerIds());
    map("attempt", facts.attempts());
    map("authorization", facts.authorizations());
    map("movement", facts.movements());
    map("dispute", facts.disputes());
    map("total", facts.totals());
    map("send", facts.sends());
  }

  private void tell(Membership membership) {
    line(
        "membership "
            + membership.id()
            + " of "
            + membership.plan().value()
            + ": "
            + membership.state()
            + membership.cancelReason().map(reason -> " because of '" + reason + "'").orElse(""));
  }

  private void list(String what, Collection<?> all) {
    if (!all.isEmpty()) {
      line("  " + what + ": " + all);
    }
  }

  private void map(String what, Map<?, ?> all) {
    all.forEach((key, value) -> line("    " + what + " " + key + ": " + value));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
