package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.MutantsOfWebhooks.receives;

import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.testkit.conformance.MutantsOfWebhooks.Receiving;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gateways that read notices wrong. */
final class MutantsOfNotices {
  private MutantsOfNotices() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "MakesIdsUpForNotices",
            "Each delivery of a notice has an id of its own.",
            receives(
                telling(n -> WebhookNotice.of(UUID.randomUUID().toString(), n.type(), n.hint()))),
            "GW-HOOK-18"),
        Mutant.of(
            "NamesNoticesAfterThePayment",
            "Its notices have the payment's id.",
            receives(
                telling(
                    n ->
                        WebhookNotice.of(
                            n.hint().providerIds().iterator().next().id(), n.type(), n.hint()))),
            "GW-HOOK-18"),
        Mutant.of(
            "RejectsUnknownTypes",
            "It rejects a notice whose type it does not know.",
            receives(rejecting(n -> !n.type().startsWith("charge."))),
            "GW-HOOK-19"),
        Mutant.of(
            "RejectsOthersPayments",
            "It rejects a notice without a reference of ours.",
            receives(rejecting(n -> n.hint().reference().isEmpty())),
            "GW-HOOK-19"),
        Mutant.of(
            "GoesDownIntoEverything",
            "It goes through the body, however deep it is.",
            receives(
                (inbox, request) -> {
                  depthOf(request.body(), 0);
                  return inbox.receive(request);
                }),
            "GW-HOOK-20"),
        Mutant.of(
            "HintsAtTheNotice",
            "It takes the id of the notice for that of the payment.",
            receives(
                telling(
                    n ->
                        new WebhookNotice(
                            n.id(),
                            n.type(),
                            new PaymentHint(
                                Optional.empty(),
                                Set.of(new ProviderId("charge", n.id().orElse(""))))))),
            "GW-HOOK-21"),
        Mutant.of(
            "ReadsTheFirstOfABatch",
            "Of many notices in one delivery it reads the first.",
            receives(
                (inbox, request) ->
                    inbox.receive(request) instanceof WebhookAnswer.Verified verified
                        ? new WebhookAnswer.Verified(
                            verified.notices().stream().limit(1).toList(), verified.reply())
                        : inbox.receive(request)),
            "GW-HOOK-22"),
        Mutant.of(
            "ShowsCapturesLessRefunds",
            "It shows what is left of a capture as its amount.",
            MutantMeans.reads("charge", MutantsOfNotices::lessRefunds),
            "GW-HOOK-23"),
        Mutant.of(
            "ReadsWhatItDidAlone",
            "It leaves out notices of refunds, as it made them itself.",
            receives(
                (inbox, request) ->
                    inbox.receive(request) instanceof WebhookAnswer.Verified verified
                        ? new WebhookAnswer.Verified(
                            verified.notices().stream()
                                .filter(notice -> !notice.type().startsWith("refund"))
                                .toList(),
                            verified.reply())
                        : inbox.receive(request)),
            "GW-HOOK-24"));
  }

  private static Receiving telling(UnaryOperator<WebhookNotice> how) {
    return (inbox, request) ->
        inbox.receive(request) instanceof WebhookAnswer.Verified verified
            ? new WebhookAnswer.Verified(
                verified.notices().stream().map(how).toList(), verified.reply())
            : inbox.receive(request);
  }

  private static Receiving rejecting(Predicate<WebhookNotice> which) {
    return (inbox, request) ->
        inbox.receive(request) instanceof WebhookAnswer.Verified verified
                && verified.notices().stream().anyMatch(which)
            ? new WebhookAnswer.Rejected("not for us")
            : inbox.receive(request);
  }

  /** As a parser of one's own does, one call for each level. */
  private static int depthOf(byte[] body, int at) {
    int next = at;
    while (next < body.length && body[next] != '{' && body[next] != '[') {
      next++;
    }
    return next < body.length ? 1 + depthOf(body, next + 1) : 0;
  }

  private static void lessRefunds(ObjectNode charge) {
    BigDecimal refunded = BigDecimal.ZERO;
    for (JsonNode refund : charge.path("refunds")) {
      refunded = refunded.add(new BigDecimal(refund.path("amount").asString("0")));
    }
    for (JsonNode capture : charge.path("captures")) {
      BigDecimal amount = new BigDecimal(capture.path("amount").asString("0"));
      ((ObjectNode) capture).put("amount", amount.subtract(refunded).toPlainString());
    }
  }
}
