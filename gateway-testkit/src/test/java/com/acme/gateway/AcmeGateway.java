package com.acme.gateway;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.facts.FactList;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentHint;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.SecretValue;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookReply;
import dev.gatehouse.spi.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.joda.money.Money;

/** One opened gateway to Acme. Keeps no state. Thread-safe. */
final class AcmeGateway implements PaymentGateway, RefundsPayments, ReceivesWebhooks {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final AcmeApi api;
  private final SecretValue webhookSecret;
  private final Clock clock;

  AcmeGateway(AcmeApi api, SecretValue webhookSecret, Clock clock) {
    this.api = api;
    this.webhookSecret = webhookSecret;
    this.clock = clock;
  }

  @Override
  public Outcome charge(ChargeRequest request) {
    Map<String, String> form = form(request.idempotencyKey(), request.amount());
    form.put("reference", request.reference());
    if (request.method() instanceof PaymentMethod.Token token) {
      form.put("token", token.token());
    }
    request.description().ifPresent(text -> form.put("description", text));
    return api.post("/payments", form, seen -> ofCharge(seen, request.idempotencyKey()));
  }

  private static Outcome ofCharge(AcmePayment seen, String key) {
    Snapshot snapshot = seen.facts().build();
    return switch (seen.statusOf(key)) {
      case "paid" -> new Outcome.Succeeded(snapshot);
      case "declined" -> new Outcome.Declined(snapshot, seen.declineOf(key));
      default -> new Outcome.Pending(snapshot);
    };
  }

  @Override
  public Outcome refund(RefundRequest request) {
    Map<String, String> form = form(request.idempotencyKey(), request.amount());
    form.put("charge", request.capture());
    return api.post("/refunds", form, seen -> ofRefund(seen, request.idempotencyKey()));
  }

  private static Outcome ofRefund(AcmePayment seen, String key) {
    Snapshot snapshot = seen.facts().build();
    return switch (seen.statusOf(key)) {
      case "done" -> new Outcome.Succeeded(snapshot);
      case "failed" -> new Outcome.Declined(snapshot, seen.declineOf(key));
      default -> new Outcome.Pending(snapshot);
    };
  }

  private static Map<String, String> form(String key, Money amount) {
    Map<String, String> form = new TreeMap<>();
    form.put("key", key);
    form.put("amount", Long.toString(AcmeGatewayProvider.MONEY.toMinor(amount)));
    form.put("currency", amount.getCurrencyUnit().getCode());
    return form;
  }

  @Override
  public Lookup lookup(Trace trace) {
    if (trace.reference().isEmpty()) {
      return new Lookup.CannotTell(
          Failure.of(ErrorCategory.NOT_FOUND, "acme.no-reference", "Acme is asked by reference"));
    }
    Deadline deadline = api.deadline();
    // Taken before asking: what Acme knew when it answered, it knew at least since then.
    Instant asOf = clock.instant();
    try {
      String path = "/payments/" + Forms.encoded(trace.reference().get());
      HttpResponse response = api.get(path, deadline);
      if (response.status() == 404 && response.bodyAsUtf8().startsWith("error=")) {
        return new Lookup.AbsentAsOf(asOf, true);
      }
      if (response.status() != 200) {
        return new Lookup.CannotTell(AcmeApi.failure(response));
      }
      Snapshot.Builder seen = AcmePayment.read(response.bodyAsUtf8()).facts();
      return new Lookup.Found(
          seen.complete(FactList.ATTEMPTS, FactList.CAPTURES, FactList.REFUNDS).build());
    } catch (TransportException e) {
      return new Lookup.CannotTell(AcmeApi.failure(e));
    } catch (AcmePayment.Unreadable e) {
      return new Lookup.CannotTell(AcmeApi.unreadable());
    }
  }

  @Override
  public WebhookAnswer receive(WebhookRequest request) {
    List<String> times = request.header("acme-time");
    List<String> signatures = request.header("acme-signature");
    if (times.size() != 1 || signatures.size() != 1) {
      return new WebhookAnswer.Rejected("there is not one time and one signature");
    }
    byte[] wanted = sign(times.get(0), request.body());
    byte[] given = signatures.get(0).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(wanted, given) || !isFresh(times.get(0))) {
      return new WebhookAnswer.Rejected("the signature is not Acme's, or is stale");
    }
    try {
      Map<String, String> notice = Forms.read(new String(request.body(), StandardCharsets.UTF_8));
      if (!notice.keySet().containsAll(Set.of("id", "type", "reference"))) {
        return new WebhookAnswer.Rejected("the body lacks what every notice has");
      }
      PaymentHint hint = new PaymentHint(Optional.of(notice.get("reference")), Set.of());
      return new WebhookAnswer.Verified(
          List.of(WebhookNotice.of(notice.get("id"), notice.get("type"), hint)),
          WebhookReply.status(200));
    } catch (IllegalArgumentException e) {
      return new WebhookAnswer.Rejected("the body is no form");
    }
  }

  /** The signature of {@code time.body}, over the raw bytes, in hex. */
  private byte[] sign(String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = webhookSecret.reveal().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }

  private boolean isFresh(String time) {
    return time.matches("[0-9]{1,11}")
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant())
                .abs()
                .compareTo(TOLERANCE)
            <= 0;
  }

  @Override
  public void close() {}
}
