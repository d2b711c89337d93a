package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.WebhookRules.demandGenuine;
import static dev.gatehouse.testkit.conformance.WebhookRules.notice;
import static dev.gatehouse.testkit.conformance.WebhookRules.receive;

import dev.gatehouse.facts.Conflict;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What genuine notices say, and what comes of them. */
final class NoticeRules {
  private static final int DEEP = 50_000;
  private static final int HUGE = 8 * 1024 * 1024;

  /** After an outage, more than anybody thought of. */
  private static final int MANY = 40;

  private NoticeRules() {}

  static List<Rule> all() {
    return List.of(
        rule("GW-HOOK-18")
            .rule("A notice has the same id in each delivery, and no other notice has it.")
            .why("The same id is handled once: a new one each time is handled for ever.")
            .remedy("Take the provider's id of the event; never make one up, nor the payment's.")
            .by(NoticeRules::ids),
        rule("GW-HOOK-19")
            .rule(
                "A genuine notice of an unknown type, or of somebody else's payment, is accepted.")
            .why("A provider whose notices are refused sends them for days, then stops for good.")
            .remedy("Answer Verified, with no notices for what concerns no payment.")
            .by(NoticeRules::strange),
        rule("GW-HOOK-20")
            .rule(
                "A body that is signed and senseless, deep or huge gets an answer and tells nothing.")
            .why("A provider has bugs, too; a stack that overflows takes other payments with it.")
            .remedy("Bound size and depth; catch what reading throws, and answer Rejected.")
            .by(NoticeRules::senseless),
        rule("GW-HOOK-21")
            .rule(
                "What a notice hints at is found by any instance, though the charge was never"
                    + " answered.")
            .why("The notice is often faster than the answer, and sometimes all that comes.")
            .remedy("Hint at ids and references that lookup() can look up by themselves.")
            .by(NoticeRules::beforeTheAnswer),
        rule("GW-HOOK-22")
            .rule("Every notice of a delivery is read, whatever stands between.")
            .why("Providers deliver many at once when they come back from an outage.")
            .remedy("Answer Verified with a notice for each item of the batch.")
            .by(NoticeRules::batch),
        rule("GW-HOOK-23")
            .needs(Capability.AUTHORIZE, Capability.CAPTURE, Capability.REFUND)
            .rule(
                "What is seen of a payment held, captured and refunded comes to the same in"
                    + " whatever order.")
            .why(
                "Notices overtake each other; the payment must not be captured again by a late one.")
            .remedy("Show each amount as it was at the time, under an id of its own, for good.")
            .by(NoticeRules::anyOrder),
        rule("GW-HOOK-24")
            .needs(Capability.REFUND)
            .rule("A refund that somebody makes at the provider is announced, and found.")
            .why("Goods that come back are often refunded there, and then once more by the shop.")
            .remedy("Read notices of refunds, whoever made them, and list all of them in lookups.")
            .by(NoticeRules::console));
  }

  private static Rule.Builder rule(String id) {
    return Rule.must(id, Group.WEBHOOKS).needs(Capability.WEBHOOKS);
  }

  /** The notice with this body, as the provider would sign it. */
  static PendingWebhook signed(Bench bench, PendingWebhook notice, byte[] body) {
    return bench
        .provider
        .signedNow(notice, body)
        .orElseThrow(() -> new NotVerifiable("the target's provider signs no other bodies"));
  }

  static List<WebhookNotice> read(Bench bench, PendingWebhook notice) {
    WebhookAnswer answer = receive(bench, bench.provider.signedNow(notice));
    demandGenuine(answer);
    return ((WebhookAnswer.Verified) answer).notices();
  }

  private static List<String> ids(List<WebhookNotice> notices) {
    return notices.stream().flatMap(notice -> notice.id().stream()).toList();
  }

  private static void ids(Bench bench) {
    RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
    bench.charge(bench.sale(Script.APPROVE));
    if (bench.capabilities().contains(Capability.REFUND)) {
      RefundRules.refund(bench, sold, bench.newKey(), bench.ten());
    }
    bench.settle();
    List<String> seen = new ArrayList<>();
    for (PendingWebhook notice : bench.provider.takeWebhooks()) {
      List<String> first = ids(read(bench, notice));
      Expect.equal("The id of a notice that comes again", first, ids(read(bench, notice)));
      seen.addAll(first);
    }
    Expect.equal(
        "How many ids " + seen.size() + " notices have",
        (long) seen.size(),
        seen.stream().distinct().count());
  }

  private static void strange(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    String body = new String(notice.body(), StandardCharsets.UTF_8);
    String other = body.replace("\"" + notice.type() + "\"", "\"something.unheard.of\"");
    if (other.equals(body)) {
      throw new NotVerifiable("the provider's notices do not say their type");
    }
    demandGenuine(receive(bench, signed(bench, notice, other.getBytes(StandardCharsets.UTF_8))));
    if (bench.provider.consoleCharge(bench.ten())) {
      bench.settle();
      for (PendingWebhook foreign : bench.provider.takeWebhooks()) {
        read(bench, foreign);
      }
    }
  }

  private static void senseless(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    String deep = "{\"data\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
    Stream<String> bodies =
        Stream.of(
            "",
            "null",
            "{}",
            "[]",
            "\"text\"",
            "{\"id\":5,\"type\":{},\"event_type\":[],\"data\":7,\"resource\":null}",
            "[".repeat(DEEP),
            deep,
            "{\"id\":\"e\",\"type\":\"t\",\"event_type\":\"t\",\"livemode\":false,\"data\":"
                + deep
                + "}",
            "{\"id\":\"" + "x".repeat(HUGE) + "\"}",
            "\ufeff{}",
            "{\"id\":\"\\ud800\"}");
    bodies.forEach(
        body -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          WebhookAnswer answer = receive(bench, signed(bench, notice, bytes));
          Expect.that(
              !(answer instanceof WebhookAnswer.Verified verified) || verified.notices().isEmpty(),
              "A senseless body of " + bytes.length + " bytes was taken for a notice.");
        });
  }

  private static void beforeTheAnswer(Bench bench) {
    bench.provider.takeWebhooks();
    Taking taking = bench.taking(bench.sale(Script.APPROVE));
    bench.network.strikeNext(Fault.LOST_ANSWER);
    taking.by(bench.gateway());
    bench.settle();
    if (taking.isForTheCustomer()) {
      taking.found(bench.another());
    }
    List<PendingWebhook> notices = bench.provider.takeWebhooks();
    if (notices.isEmpty()) {
      throw new NotVerifiable("the target's provider announces no charge");
    }
    int told = 0;
    for (PendingWebhook notice : notices) {
      for (WebhookNotice each : read(bench, notice)) {
        told++;
        PaymentFacts facts =
            Expect.lookup(Lookup.Found.class, follow(bench, each.hint())).snapshot().facts();
        Expect.equal(
            "The captures that are found by the hint of " + each.type(),
            1,
            Expect.done(facts, MovementKind.CAPTURE).size());
      }
    }
    Expect.that(told > 0, "No notice of the charge says which payment it is about.");
  }

  /** As the framework does who knows no such payment yet. */
  static Lookup follow(Bench bench, PaymentHint hint) {
    Snapshot.Builder ids = Snapshot.builder();
    hint.providerIds().forEach(id -> ids.providerId(id.kind(), id.id()));
    Trace trace =
        new Trace(hint.reference(), bench.clock.instant(), Optional.empty(), ids.build().facts());
    return Bench.told("lookup", bench.another().lookup(trace));
  }

  private static void batch(Bench bench) {
    for (int i = 0; i < MANY; i++) {
      bench.charge(bench.sale(Script.APPROVE));
    }
    bench.settle();
    List<PendingWebhook> notices = new ArrayList<>(bench.provider.takeWebhooks());
    if (notices.isEmpty()) {
      throw new NotVerifiable("the target's provider announces no charge");
    }
    bench
        .provider
        .signedNow(notices.get(0), nobodys(notices.get(0)))
        .ifPresent(n -> notices.add(1, n));
    PendingWebhook batch =
        bench.provider.batch(notices).orElseThrow(() -> Lack.BATCHES.missingIn(bench.target));
    List<String> each = new ArrayList<>();
    for (PendingWebhook notice : notices) {
      WebhookAnswer alone = receive(bench, notice);
      demandGenuine(alone);
      each.addAll(ids(((WebhookAnswer.Verified) alone).notices()));
    }
    WebhookAnswer answer = receive(bench, batch);
    demandGenuine(answer);
    Expect.equal(
        "The notices of a delivery of " + notices.size(),
        each,
        ids(((WebhookAnswer.Verified) answer).notices()));
  }

  /** A notice of a type that nobody knows, about nothing that anybody knows. */
  private static byte[] nobodys(PendingWebhook notice) {
    JsonNode tree = JsonForms.tree(notice.body());
    for (JsonNode part : tree) {
      if (part instanceof ObjectNode object) {
        object.removeAll();
      }
    }
    String body = new String(JsonForms.bytes(tree), StandardCharsets.UTF_8);
    return body.replace("\"" + notice.type() + "\"", "\"something.unheard.of\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void anyOrder(Bench bench) {
    HoldRules.Held held = HoldRules.hold(bench);
    List<PaymentFacts> seen = new ArrayList<>(List.of(held.facts()));
    look(bench, held.request(), seen);
    Outcome captured = HoldRules.capture(bench, held, held.request().amount(), true);
    seen.add(Expect.outcome(Outcome.Succeeded.class, captured).snapshot().facts());
    look(bench, held.request(), seen);
    PaymentFacts known = joined(seen);
    List<String> captures = Expect.done(known, MovementKind.CAPTURE);
    Expect.equal("The captures that were told", 1, captures.size());
    RefundRules.Sold sold = new RefundRules.Sold(held.request(), known, captures.get(0));
    Outcome refunded = RefundRules.refund(bench, sold, bench.newKey(), bench.money(3));
    seen.add(Expect.outcome(Outcome.Succeeded.class, refunded).snapshot().facts());
    look(bench, held.request(), seen);
    demandSame(seen);
  }

  /** What a lookup shows that the notice of this step leads to. */
  private static void look(Bench bench, ChargeRequest request, List<PaymentFacts> seen) {
    bench.settle();
    seen.add(bench.found(bench.another(), request, joined(seen)));
  }

  private static PaymentFacts joined(List<PaymentFacts> seen) {
    return seen.stream().reduce(PaymentFacts.none(), PaymentFacts::join);
  }

  private static void demandSame(List<PaymentFacts> seen) {
    List<PaymentFacts> stamped = new ArrayList<>();
    for (PaymentFacts facts : seen) {
      // What may change counts as last seen, which the framework numbers.
      stamped.add(facts.stamped(stamped.size() + 1L));
    }
    PaymentFacts inOrder = joined(stamped);
    List<Conflict> grave = Conflict.in(inOrder).stream().filter(Conflict::isGrave).toList();
    Expect.that(grave.isEmpty(), "What is seen at one step contradicts another: " + grave + ".");
    for (int i = 0; i < stamped.size(); i++) {
      Collections.rotate(stamped, 1);
      Expect.equal("What all steps come to", inOrder, joined(stamped));
    }
    Expect.equal(
        "The captures that all steps come to",
        1,
        Expect.done(inOrder, MovementKind.CAPTURE).size());
    Expect.equal(
        "The refunds that all steps come to", 1, Expect.done(inOrder, MovementKind.REFUND).size());
  }

  private static void console(Bench bench) {
    RefundRules.Sold sold = RefundRules.sell(bench, Script.APPROVE);
    bench.provider.takeWebhooks();
    if (!bench.provider.consoleRefund(sold.capture(), bench.money(3))) {
      throw new NotVerifiable("nobody can refund at the target's provider");
    }
    bench.settle();
    List<WebhookNotice> told = new ArrayList<>();
    bench.provider.takeWebhooks().forEach(notice -> told.addAll(read(bench, notice)));
    Expect.that(!told.isEmpty(), "A refund that was made at the provider is not announced.");
    PaymentFacts facts =
        Expect.lookup(Lookup.Found.class, follow(bench, told.get(0).hint())).snapshot().facts();
    List<String> refunds = Expect.done(facts, MovementKind.REFUND);
    Expect.equal("The refunds that a lookup shows", 1, refunds.size());
    Expect.equal(
        "The refunded amount",
        Optional.of(bench.money(3)),
        Expect.movement(facts, refunds.get(0)).amount().value());
  }
}
