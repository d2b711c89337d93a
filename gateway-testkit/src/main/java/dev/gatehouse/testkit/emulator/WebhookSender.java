package dev.gatehouse.testkit.emulator;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Delivers an emulated provider's notices over HTTP to an address on the loopback interface, and
 * tries again what was not taken, later and later, until it gives up. When is a matter of the clock
 * alone: nothing waits here, and whoever moves the clock calls {@link #deliverDue()}. Each try is
 * signed anew, as providers do. Thread-safe: one call at a time.
 */
public final class WebhookSender {
  /** At once, and then after a minute, ten minutes, an hour, six hours and a day. */
  public static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Clock clock;
  private final Supplier<List<PendingWebhook>> source;
  private final UnaryOperator<PendingWebhook> signing;
  private final HttpTransport transport;
  private final URI to;
  private final List<Duration> waits;
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final List<Delivery> deliveries = new ArrayList<>();
  private int numbers;

  private record Due(Instant at, int number, int tries, PendingWebhook webhook) {}

  /**
   * One try.
   *
   * @param eventId the notice's id
   * @param at when
   * @param status what was answered; 0 if nothing was
   */
  public record Delivery(String eventId, Instant at, int status) {
    /** Whether the notice was taken, and is not sent again. */
    public boolean isTaken() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * A sender that tries again after {@link #WAITS}.
   *
   * @param source gives the notices since the last time, such as {@code provider::takeWebhooks}
   * @param signing signs a notice now, such as {@code provider::signedNow}
   * @param transport the way there; its owner closes it
   * @param to where to, instead of the notices' own address
   * @throws ConfigurationException if that is not on the loopback interface
   */
  public WebhookSender(
      Clock clock,
      Supplier<List<PendingWebhook>> source,
      UnaryOperator<PendingWebhook> signing,
      HttpTransport transport,
      URI to) {
    this(clock, source, signing, transport, to, WAITS);
  }

  /** The same, with waits of its own after each try that failed; then it gives up. */
  public WebhookSender(
      Clock clock,
      Supplier<List<PendingWebhook>> source,
      UnaryOperator<PendingWebhook> signing,
      HttpTransport transport,
      URI to,
      List<Duration> waits) {
    if (!LOOPBACK.contains(String.valueOf(required("to", to).getHost()))) {
      throw new ConfigurationException(
          new Problem(
              "to",
              "emulator.webhook-address",
              "an emulated provider notifies nobody but this machine",
              "give an address such as http://127.0.0.1:8080/webhooks/acme"));
    }
    this.clock = required("clock", clock);
    this.source = required("source", source);
    this.signing = required("signing", signing);
    this.transport = required("transport", transport);
    this.to = to;
    this.waits = List.copyOf(waits);
  }

  /** Sends what is new and what is due again; says what came of each try, in their order. */
  public synchronized List<Delivery> deliverDue() {
    Instant now = clock.instant();
    source.get().forEach(webhook -> due.add(new Due(now, numbers++, 0, webhook)));
    List<Delivery> tried = new ArrayList<>();
    while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
      Due next = due.remove();
      Delivery delivery = new Delivery(next.webhook().eventId(), now, post(next.webhook()));
      tried.add(delivery);
      if (!delivery.isTaken() && next.tries() < waits.size()) {
        Instant again = now.plus(waits.get(next.tries()));
        due.add(new Due(again, numbers++, next.tries() + 1, next.webhook()));
      }
    }
    deliveries.addAll(tried);
    return List.copyOf(tried);
  }

  private int post(PendingWebhook webhook) {
    HttpRequest signed = signing.apply(webhook).toHttpRequest();
    try {
      HttpResponse answer =
          transport.send(
              new HttpRequest(signed.method(), to, signed.headers(), signed.body()), LIMIT);
      return answer.status();
    } catch (TransportException e) {
      return 0;
    }
  }

  /** Every try so far. */
  public synchronized List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** How many notices are still to be delivered, and were not given up. */
  public synchronized int waiting() {
    return due.size();
  }
}
