package dev.gatehouse.paypal;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.http.Deadline;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CustomerDetails;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.Trace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * PayPal's vault. A wallet that is stored without a charge is a setup token first, which its payer
 * approves, and then a payment token, which is what is charged. The vault keeps no reference of
 * ours but in the words that the payer is shown: there it stands alone, so that it is found again.
 */
final class PayPalVault {
  /** The kind of PayPal's ids of setup tokens. */
  static final String SETUP_TOKEN = "setup_token";

  private static final String SETUP_TOKENS = "/v3/vault/setup-tokens";
  private static final String PAYMENT_TOKENS = "/v3/vault/payment-tokens";
  private static final String BRAND = "paypal";
  private static final int LONGEST_CUSTOMER = 22;
  private static final int PAGE = 20;
  private static final int MAX_PAGES = 10;

  /** What we give; and nothing of it could be words that a payer would know better. */
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final PayPalSettings settings;
  private final PayPalSdk sdk;
  private final Mode mode;

  PayPalVault(PayPalSettings settings, PayPalSdk sdk) {
    this.settings = settings;
    this.sdk = sdk;
    this.mode = settings.site().mode();
  }

  /**
   * The customer that wallets are kept for: the one that PayPal told, else one whose id is made of
   * ours, so that it is the same after any crash.
   */
  static Map<String, Object> customer(CustomerDetails who) {
    return Map.of("id", who.providerId().orElseGet(() -> made(who)));
  }

  private static String made(CustomerDetails who) {
    String reference = who.reference().orElseThrow(PayPalVault::nobody);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(reference.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().encodeToString(hash).substring(0, LONGEST_CUSTOMER);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static InvalidInputException nobody() {
    return new InvalidInputException(
        new Problem(
            "customer",
            "paypal.customer",
            "is not said, and PayPal stores wallets for customers alone",
            "store it for a customer who is registered"));
  }

  /** Makes a setup token. Nothing is kept by that. */
  Answer setUp(SetUpRequest request, Deadline deadline) {
    Map<String, Object> wallet = PayPalOrders.keeping(Optional.of(request.agreement()));
    wallet.put("description", request.reference());
    wallet.put(
        "experience_context",
        PayPalOrders.experience(request.returnUrl(), request.customer(), settings));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("customer", customer(request.customer()));
    body.put("payment_source", Map.of("paypal", wallet));
    return sdk.post(SETUP_TOKENS, request.idempotencyKey(), body, deadline);
  }

  static boolean isSetUp(CompleteRequest request) {
    return request
        .trace()
        .known()
        .providerIds()
        .contains(new ProviderId(SETUP_TOKEN, request.attempt()));
  }

  /** Keeps the wallet of a setup token that its payer has approved. */
  Answer keep(CompleteRequest request, Deadline deadline) {
    Map<String, Object> token = Map.of("id", request.attempt(), "type", "SETUP_TOKEN");
    return sdk.post(
        PAYMENT_TOKENS,
        request.idempotencyKey(),
        Map.of("payment_source", Map.of("token", token)),
        deadline);
  }

  /**
   * PayPal says of the wallets of other accounts that they are gone. Nothing in an answer says
   * which account it is of; which app we are, we know.
   */
  Answer remove(RemoveRequest request, Deadline deadline) {
    boolean here = request.account().map(settings.clientId()::equals).orElse(true);
    if (!here) {
      return new Answer.Refused(
          Failure.of(
              ErrorCategory.AUTHENTICATION,
              "paypal.other-account",
              "the wallet was stored with another client id than "
                  + settings.credentials()
                  + " say; put that back, or remove the wallet at PayPal"));
    }
    return sdk.delete(
        PAYMENT_TOKENS + "/" + encoded(request.method()), request.idempotencyKey(), deadline);
  }

  static Outcome outcome(Snapshot seen, String setupToken) {
    Attempt attempt = seen.facts().attempts().get(setupToken);
    if (attempt == null) {
      throw new Node.Unreadable("id");
    }
    if (attempt.step().reached(AttemptStep.SUCCEEDED)) {
      return new Outcome.Succeeded(seen);
    }
    Optional<CustomerAction> action = attempt.action().value();
    return action.isPresent()
        ? new Outcome.ActionRequired(seen, action.get())
        : new Outcome.Pending(seen);
  }

  /**
   * What a setup token shows. Which payment token came of it, it does not say; the customer's list
   * does.
   */
  Snapshot.Builder seen(Node setUp, Optional<String> key, Deadline deadline) {
    String id = setUp.text("id");
    Snapshot.Builder seen = Snapshot.builder().providerId(SETUP_TOKEN, id).mode(mode);
    Optional<String> reference = reference(setUp);
    reference.ifPresent(seen::reference);
    Attempt attempt = Attempt.at(step(setUp)).causedBy(key);
    if (attempt.step().isAt(AttemptStep.ACTION_NEEDED)) {
      Optional<CustomerAction> action = PayPalSnapshots.action(setUp);
      return seen.attempt(id, action.map(attempt::with).orElse(attempt));
    }
    Optional<Node> token =
        attempt.step().isAt(AttemptStep.PROCESSING) && reference.isPresent()
            ? listed(setUp.inner("customer").text("id"), reference.get(), deadline)
            : Optional.empty();
    seen.attempt(id, attempt);
    token.ifPresent(kept -> kept(seen, id, kept));
    return seen;
  }

  private static AttemptStep step(Node setUp) {
    return switch (setUp.text("status")) {
      case "CREATED", "PAYER_ACTION_REQUIRED" -> AttemptStep.ACTION_NEEDED;
      case "APPROVED" -> AttemptStep.APPROVED;
      case "VAULTED", "TOKENIZED" -> AttemptStep.PROCESSING;
      default -> AttemptStep.STARTED;
    };
  }

  private static Optional<String> reference(Node token) {
    return token
        .inner("payment_source")
        .inner("paypal")
        .optional("description")
        .filter(text -> REFERENCE.matcher(text).matches());
  }

  private Optional<Node> listed(String customer, String reference, Deadline deadline) {
    for (int page = 1; page <= MAX_PAGES; page++) {
      String path =
          PAYMENT_TOKENS
              + "?customer_id="
              + encoded(customer)
              + "&page_size="
              + PAGE
              + "&page="
              + page;
      if (!(sdk.get(path, deadline) instanceof Answer.Done done)) {
        return Optional.empty();
      }
      List<Node> tokens = done.body().list("payment_tokens");
      Optional<Node> found =
          tokens.stream()
              .filter(token -> reference(token).filter(reference::equals).isPresent())
              .findFirst();
      if (found.isPresent() || tokens.size() < PAGE) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** What came of a setup token. */
  Snapshot kept(String setupToken, Node token) {
    Snapshot.Builder seen = Snapshot.builder().providerId(SETUP_TOKEN, setupToken).mode(mode);
    reference(token).ifPresent(seen::reference);
    kept(seen, setupToken, token);
    return seen.build();
  }

  private void kept(Snapshot.Builder seen, String setupToken, Node token) {
    String id = token.text("id");
    seen.attempt(setupToken, Attempt.at(AttemptStep.SUCCEEDED).storing(id));
    Node wallet = token.inner("payment_source").inner("paypal");
    seen.credential(id, credential(wallet, token.inner("customer"), settings));
  }

  /** What people know a wallet by: whose it is, they know themselves. */
  static Credential credential(Node wallet, Node customer, PayPalSettings settings) {
    MethodDetails details = MethodDetails.none().brand(BRAND);
    Optional<String> account = wallet.optional("account_id").or(() -> wallet.optional("payer_id"));
    Credential stored =
        Credential.stored()
            .with(account.map(details::fingerprint).orElse(details))
            .in(settings.clientId());
    return customer.optional("id").map(stored::ownedBy).orElse(stored);
  }

  /** Whether PayPal says that there is no such payment token. */
  boolean isGone(String paymentToken, Deadline deadline) {
    return sdk.get(PAYMENT_TOKENS + "/" + encoded(paymentToken), deadline)
            instanceof Answer.Refused refused
        && refused.failure().category() == ErrorCategory.NOT_FOUND;
  }

  static String pathOf(String setupToken) {
    return SETUP_TOKENS + "/" + encoded(setupToken);
  }

  static List<String> setUps(Trace trace) {
    return trace.known().providerIds().stream()
        .filter(id -> id.kind().equals(SETUP_TOKEN))
        .map(ProviderId::id)
        .sorted()
        .toList();
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
