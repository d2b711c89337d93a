package dev.gatehouse.stripe;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Test cards that Stripe does not offer: their charges are answered in words that a later Stripe
 * may use, or a method of payment that is slower than cards.
 */
enum FutureStripe {
  /** Declined for a reason that Stripe does not name today. */
  NEW_REASON("pm_card_visa_chargeDeclined", FutureStripe::declined),
  /** In a status that Stripe does not have today. */
  NEW_STATUS("pm_card_threeDSecure2Required", answer -> undecided(answer, "reconsidering")),
  /** Being worked on by a bank, as debits are. */
  SLOW("pm_card_threeDSecure2Required", answer -> undecided(answer, "processing")),
  /** Of an account whose charges are a tenth higher than they were asked for. */
  OTHER_AMOUNT("pm_card_visa", answer -> answer);

  private static final Pattern PAYMENT = Pattern.compile("\"pi_[A-Za-z0-9_]+\"");

  private final String known;
  private final UnaryOperator<String> words;

  FutureStripe(String known, UnaryOperator<String> words) {
    this.known = known;
    this.words = words;
  }

  /** The id that goes into a request. */
  String id() {
    return "pm_card_future_" + name();
  }

  /**
   * Answers a request with one of these as what the emulator knows, in other words; and so each
   * later one about the same payment.
   *
   * @param paidBy which payment each of them was used for, by the payment's id
   */
  static HttpResponse answer(
      HttpRequest request, Emulator emulator, Map<String, FutureStripe> paidBy) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    for (FutureStripe card : values()) {
      if (body.contains(card.id())) {
        byte[] asked =
            (card == OTHER_AMOUNT ? higher(body) : body)
                .replace(card.id(), card.known)
                .getBytes(StandardCharsets.UTF_8);
        HttpResponse answer =
            emulator.handle(
                new HttpRequest(request.method(), request.uri(), request.headers(), asked));
        Matcher payment = PAYMENT.matcher(answer.bodyAsUtf8());
        if (payment.find()) {
          paidBy.put(payment.group(), card);
        }
        return card.told(answer);
      }
    }
    HttpResponse answer = emulator.handle(request);
    String plain = answer.bodyAsUtf8();
    for (Map.Entry<String, FutureStripe> payment : paidBy.entrySet()) {
      if (plain.contains(payment.getKey())) {
        answer = payment.getValue().told(answer);
      }
    }
    return answer;
  }

  private HttpResponse told(HttpResponse answer) {
    byte[] told = words.apply(answer.bodyAsUtf8()).getBytes(StandardCharsets.UTF_8);
    return new HttpResponse(answer.status(), answer.headers(), told);
  }

  /** What answers. */
  @FunctionalInterface
  interface Emulator {
    /** Answers one request. */
    HttpResponse handle(HttpRequest request);
  }

  private static String higher(String form) {
    return Pattern.compile("(?<![^&])amount=([0-9]+)")
        .matcher(form)
        .replaceFirst(found -> "amount=" + Long.parseLong(found.group(1)) * 11 / 10);
  }

  private static String declined(String answer) {
    return answer.replace("generic_decline", "moon_in_the_wrong_phase");
  }

  private static String undecided(String answer, String status) {
    return answer
        .replace("\"status\":\"requires_action\"", "\"status\":\"" + status + "\"")
        .replaceFirst("\"next_action\":\\{(?:[^{}]|\\{[^{}]*})*}", "\"next_action\":null");
  }
}
