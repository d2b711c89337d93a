package dev.gatehouse.stripe;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObject;
import com.stripe.net.ApiRequest;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.LiveStripeResponseGetter;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import dev.gatehouse.http.HttpResponse;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that the SDK is to read: it asks, and this is what it gets. So what is an error, and
 * which, is the SDK's word.
 */
final class StripeAnswer extends HttpClient {
  private static final String NOTICE = "Stripe-Notice";

  /** Nothing of this is sent anywhere; without it, the SDK looks at its statics. */
  private static final RequestOptions NOWHERE =
      RequestOptions.builder()
          .setApiKey("none")
          .setClientId("none")
          .setBaseUrl("https://stripe.invalid")
          .build();

  private final StripeResponse answer;

  private StripeAnswer(StripeResponse answer) {
    this.answer = answer;
  }

  /** Reads it as what was asked for, or throws it as the error that it is. */
  @SuppressWarnings("unchecked")
  static <T extends StripeObject> T read(ApiRequest asked, Type type, HttpResponse response)
      throws StripeException {
    String body = response.bodyAsUtf8();
    // Of an intent that we act on, nothing but its facts is looked at.
    if (response.status() == 200
        && asked.getMethod() == RequestMethod.POST
        && type == PaymentIntent.class) {
      Optional<PaymentIntent> sale = StripeSale.read(body);
      if (sale.isPresent()) {
        return (T) sale.get();
      }
    }
    if (response.status() < 300 && !isOfStripe(body)) {
      throw Unreadable.in("object");
    }
    // No id of the request: by that, the SDK would report on it.
    Map<String, List<String>> headers = Map.of(NOTICE, response.headers().all(NOTICE));
    StripeResponse answer = new StripeResponse(response.status(), HttpHeaders.of(headers), body);
    ApiRequest again =
        new ApiRequest(asked.getBaseAddress(), RequestMethod.GET, asked.getPath(), null, NOWHERE);
    try {
      return new LiveStripeResponseGetter(new StripeAnswer(answer)).request(again, type);
    } catch (RuntimeException e) {
      // What the SDK stumbles over tells nothing: an empty body, an error that is a list.
      throw Unreadable.in("body");
    }
  }

  /**
   * Each object of Stripe's says what it is; the SDK stumbles over some that do not. It says so at
   * its beginning, so that hardly anything is read twice.
   */
  private static boolean isOfStripe(String body) {
    try (JsonReader answer = new JsonReader(new StringReader(body))) {
      answer.beginObject();
      while (answer.hasNext()) {
        if (answer.nextName().equals("object")) {
          return answer.peek() == JsonToken.STRING;
        }
        answer.skipValue();
      }
      return false;
    } catch (IOException | IllegalStateException e) {
      // What is cut off the SDK refuses by itself.
      return true;
    }
  }

  @Override
  public StripeResponse request(StripeRequest request) {
    return answer;
  }

  @Override
  public StripeResponse requestWithRetries(StripeRequest request) {
    return answer;
  }
}
