package dev.gatehouse.stripe;

import static dev.gatehouse.stripe.Unreadable.demand;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.stripe.model.Charge;
import com.stripe.model.Charge.PaymentMethodDetails;
import com.stripe.model.PaymentIntent;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a payment that went well, which nearly all do: an intent that succeeded or is
 * held, with its charge, and of both what {@link StripeFacts} looks at. The SDK takes more than
 * twice the time, as it reads everything. Whatever is not as usual is left to the SDK: this decides
 * nothing that the SDK would decide otherwise.
 */
final class StripeSale {
  private final JsonReader json;

  private StripeSale(JsonReader json) {
    this.json = json;
  }

  /** Takes a field into an object. */
  private interface Fields<T> {
    void read(T object, String name) throws IOException;
  }

  /** Empty if it is not as usual. */
  static Optional<PaymentIntent> read(String body) {
    try (JsonReader json = new JsonReader(new StringReader(body))) {
      StripeSale sale = new StripeSale(json);
      PaymentIntent intent = demand("intent", sale.object(new PaymentIntent(), sale::intent));
      boolean isWhole = json.peek() == JsonToken.END_DOCUMENT;
      return isWhole && isUsual(intent) ? Optional.of(intent) : Optional.empty();
    } catch (IOException | IllegalStateException | NumberFormatException | Unreadable e) {
      return Optional.empty();
    }
  }

  private static boolean isUsual(PaymentIntent intent) {
    Charge charge = intent.getLatestChargeObject();
    String status = intent.getStatus();
    return "payment_intent".equals(intent.getObject())
        && ("succeeded".equals(status) || "requires_capture".equals(status))
        && charge != null
        && "charge".equals(charge.getObject())
        && charge.getId() != null
        && "succeeded".equals(charge.getStatus());
  }

  private void intent(PaymentIntent intent, String name) throws IOException {
    switch (name) {
      case "amount" -> intent.setAmount(number());
      case "amount_capturable" -> intent.setAmountCapturable(number());
      case "capture_method" -> intent.setCaptureMethod(text());
      case "currency" -> intent.setCurrency(text());
      case "customer" -> intent.setCustomer(text());
      case "id" -> intent.setId(text());
      // What is to be done, and what went wrong: then it is not as usual.
      case "last_payment_error", "next_action" -> json.nextNull();
      case "latest_charge" ->
          intent.setLatestChargeObject(demand(name, object(new Charge(), this::charge)));
      case "livemode" -> intent.setLivemode(truth());
      case "metadata" -> intent.setMetadata(object(new LinkedHashMap<>(), this::entry));
      case "object" -> intent.setObject(demand(name, text()));
      case "payment_method" -> intent.setPaymentMethod(text());
      case "setup_future_usage" -> intent.setSetupFutureUsage(text());
      case "status" -> intent.setStatus(text());
      default -> json.skipValue();
    }
  }

  private void charge(Charge charge, String name) throws IOException {
    switch (name) {
      case "amount" -> charge.setAmount(number());
      case "amount_captured" -> charge.setAmountCaptured(number());
      case "captured" -> charge.setCaptured(truth());
      case "currency" -> charge.setCurrency(text());
      case "id" -> charge.setId(text());
      case "metadata" -> charge.setMetadata(object(new LinkedHashMap<>(), this::entry));
      case "object" -> charge.setObject(text());
      case "payment_method" -> charge.setPaymentMethod(text());
      case "payment_method_details" ->
          charge.setPaymentMethodDetails(object(new PaymentMethodDetails(), this::details));
      case "status" -> charge.setStatus(text());
      default -> json.skipValue();
    }
  }

  private void details(PaymentMethodDetails details, String name) throws IOException {
    switch (name) {
      case "card" -> details.setCard(object(new PaymentMethodDetails.Card(), this::card));
      default -> json.skipValue();
    }
  }

  private void card(PaymentMethodDetails.Card card, String name) throws IOException {
    switch (name) {
      case "brand" -> card.setBrand(text());
      case "capture_before" -> card.setCaptureBefore(number());
      case "exp_month" -> card.setExpMonth(number());
      case "exp_year" -> card.setExpYear(number());
      case "fingerprint" -> card.setFingerprint(text());
      case "last4" -> card.setLast4(text());
      case "multicapture" ->
          card.setMulticapture(
              object(new PaymentMethodDetails.Card.Multicapture(), this::multicapture));
      case "three_d_secure" ->
          card.setThreeDSecure(
              object(new PaymentMethodDetails.Card.ThreeDSecure(), (it, of) -> json.skipValue()));
      default -> json.skipValue();
    }
  }

  private void multicapture(PaymentMethodDetails.Card.Multicapture may, String name)
      throws IOException {
    switch (name) {
      case "status" -> may.setStatus(text());
      default -> json.skipValue();
    }
  }

  private void entry(Map<String, String> metadata, String name) throws IOException {
    if (metadata.put(name, demand(name, text())) != null) {
      throw Unreadable.in("metadata");
    }
  }

  private <T> @Nullable T object(T made, Fields<T> fields) throws IOException {
    if (isNull()) {
      return null;
    }
    json.beginObject();
    while (json.hasNext()) {
      fields.read(made, json.nextName());
    }
    json.endObject();
    return made;
  }

  private @Nullable String text() throws IOException {
    if (isNull()) {
      return null;
    }
    demandKind(JsonToken.STRING);
    return json.nextString();
  }

  private @Nullable Boolean truth() throws IOException {
    return isNull() ? null : Boolean.valueOf(json.nextBoolean());
  }

  /** A plain one: for 1000.0 and 1e3 the SDK has its own rules. */
  private @Nullable Long number() throws IOException {
    if (isNull()) {
      return null;
    }
    demandKind(JsonToken.NUMBER);
    return Long.valueOf(json.nextString());
  }

  private void demandKind(JsonToken kind) throws IOException {
    if (json.peek() != kind) {
      throw Unreadable.in("value");
    }
  }

  private boolean isNull() throws IOException {
    boolean isNull = json.peek() == JsonToken.NULL;
    if (isNull) {
      json.nextNull();
    }
    return isNull;
  }
}
