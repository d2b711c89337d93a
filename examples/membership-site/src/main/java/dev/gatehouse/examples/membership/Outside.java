package dev.gatehouse.examples.membership;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.reference.ReferenceAccount;
import dev.gatehouse.testkit.reference.ReferenceOptions;
import dev.gatehouse.testkit.reference.ReferenceProvider;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.Money;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is not the shop and remembers: the provider, CRM and analytics, the bank. The same requests
 * at the same times make them what they were, so the requests are what is kept, in the {@link
 * Logbook}. Thread-safe.
 */
final class Outside {
  private final Logbook log;
  private final ReferenceProvider provider;
  private final Receiver receiver;
  private final Bank bank = new Bank();

  /** The notices that the shop did not take before the process died. */
  private final Set<String> undelivered = new LinkedHashSet<>();

  private int delivered;

  /** As the logbook tells: everything in it happens again, each at its time. */
  Outside(Logbook log, List<ReferenceAccount> accounts) {
    this.log = log;
    Instant now = log.clock().instant();
    log.past().stream().findFirst().map(Logbook::at).ifPresent(log.clock()::set);
    // For this provider, time never goes backwards: so it begins when the first one began.
    this.provider = new ReferenceProvider(log.clock(), ReferenceOptions.defaults(), accounts);
    this.receiver = new Receiver(log);
    restore();
    log.clock().set(now);
  }

  private void restore() {
    Set<String> carried = new LinkedHashSet<>();
    for (JsonNode line : log.past()) {
      log.clock().set(Logbook.at(line));
      switch (line.path("what").asString()) {
        case "request" -> provider.handle(request(line));
        case "settle" -> provider.controls().settle(line.path("charge").asString());
        case "refund" ->
            provider
                .controls()
                .consoleRefund(
                    line.path("capture").asString(), Money.parse(line.path("amount").asString()));
        case "transfer" ->
            bank.receive(
                new PaymentId(line.path("payment").asString()),
                Money.parse(line.path("amount").asString()));
        case "carried" -> {
          carried.add(line.path("notice").asString());
          delivered++;
        }
        case "heard" -> receiver.hearAgain(line);
        case Course.TOUR -> countFromHere();
        default -> {
          // Of the shop's side, or of the tour's.
        }
      }
    }
    provider.takeWebhooks().stream()
        .map(PendingWebhook::eventId)
        .filter(id -> !carried.contains(id))
        .forEach(undelivered::add);
  }

  /** A tour begins: what is counted is counted for it. */
  void countFromHere() {
    delivered = 0;
    receiver.countFromHere();
  }

  /** The provider's answer to a request. */
  synchronized HttpResponse handle(HttpRequest request) {
    ObjectNode line =
        Json.object()
            .put("method", request.method())
            .put("uri", request.uri().toString())
            .put("body", Base64.getEncoder().encodeToString(request.body()));
    ObjectNode headers = line.putObject("headers");
    request.headers().fields().forEach(field -> headers.put(field.name(), field.value()));
    log.add("request", line);
    return provider.handle(request);
  }

  private static HttpRequest request(JsonNode line) {
    HttpHeaders headers = HttpHeaders.none();
    for (var field : line.path("headers").properties()) {
      headers = headers.with(field.getKey(), field.getValue().asString());
    }
    return new HttpRequest(
        line.path("method").asString(),
        URI.create(line.path("uri").asString()),
        headers,
        Base64.getDecoder().decode(line.path("body").asString()));
  }

  /** The provider ends what is pending; what has ended stays. */
  synchronized void settle(String charge) {
    log.add("settle", Json.object().put("charge", charge));
    provider.controls().settle(charge);
  }

  /** Somebody refunds at the provider's console. */
  synchronized void refund(String capture, Money amount) {
    log.add("refund", Json.object().put("capture", capture).put("amount", amount.toString()));
    provider.controls().consoleRefund(capture, amount);
  }

  /** Money arrives at the bank with a payment's id as its purpose. */
  synchronized void transfer(PaymentId purpose, Money amount) {
    log.add(
        "transfer", Json.object().put("payment", purpose.value()).put("amount", amount.toString()));
    bank.receive(purpose, amount);
  }

  /** The provider's notices that are to be carried to the shop, in order, signed now. */
  List<PendingWebhook> takeWebhooks() {
    List<PendingWebhook> again = new ArrayList<>();
    undelivered.forEach(id -> again.add(provider.webhookAgain(id)));
    undelivered.clear();
    return Stream.concat(again.stream(), provider.takeWebhooks().stream())
        .collect(Collectors.toList());
  }

  /** The shop took a notice. */
  void carried(PendingWebhook webhook) {
    delivered++;
    log.add("carried", Json.object().put("notice", webhook.eventId()));
  }

  /** How many notices the shop took, repetitions among them. */
  int delivered() {
    return delivered;
  }

  ReferenceProvider provider() {
    return provider;
  }

  Receiver receiver() {
    return receiver;
  }

  Bank bank() {
    return bank;
  }
}
