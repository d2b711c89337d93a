package dev.gatehouse.examples.membership;

import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.gateway.GatewayView;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.testkit.TestTokens;
import dev.gatehouse.testkit.reference.TestToken;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway that somebody dropped into the folder, or beside the site on its class path, and the
 * test tokens that came with it.
 *
 * @param view what can be told of it
 * @param tokens its test tokens, if it came with any
 */
record Dropped(GatewayView view, Optional<TestTokens> tokens) {

  /** What to pay with, where the reference provider's token would do. */
  Optional<PaymentMethod.Token> method(String referenceToken) {
    return tokens.flatMap(
        own ->
            Optional.ofNullable(byReferenceToken(own).get(referenceToken))
                .map(token -> new PaymentMethod.Token(own.method(), token)));
  }

  /** Why the tour can't take this sign-up through it; empty if it can. */
  Optional<String> whyNot(Signup signup) {
    if (view.mode() == Mode.LIVE) {
      return Optional.of("it is live, and the tour moves no real money");
    }
    if (tokens.isEmpty()) {
      return Optional.of(whyWithoutTokens());
    }
    Needs needs = Needs.of(signup.scenario());
    if (needs.isHere()) {
      return Optional.of("it takes more than a shop and a gateway to play it");
    }
    for (String token : needs.tokens()) {
      if (method(token).isEmpty()) {
        return Optional.of("it has no test token like " + token);
      }
    }
    for (Capability capability : needs.capabilities()) {
      if (!can(capability)) {
        return Optional.of("it does not declare " + capability);
      }
    }
    if (signup.scenario() == Scenario.CAPTURED_IN_PARTS) {
      return Optional.of(
          "it may capture in parts only where your contract with the provider says so");
    }
    return view.description().currencies().check("amount", signup.plan().price()).stream()
        .map(problem -> signup.plan().price() + " " + problem.message())
        .findFirst();
  }

  private String whyWithoutTokens() {
    Collection<MethodSpec> methods = view.description().methods().values();
    if (methods.stream().anyMatch(method -> method.token() != MethodSpec.Token.NONE)) {
      return "it came without test tokens";
    }
    return methods.stream().allMatch(MethodSpec::needsReturnUrl)
        ? "the customer must approve on its pages"
        : "it takes no tokens, and the tour pays with them";
  }

  private boolean can(Capability capability) {
    String method = tokens.map(TestTokens::method).orElse("");
    return view.description().gatewayCapabilities().contains(capability)
        || view.description().capabilitiesOf(method).contains(capability);
  }

  private static Map<String, String> byReferenceToken(TestTokens own) {
    Map<String, String> tokens = new HashMap<>();
    own.approve().ifPresent(token -> tokens.put(TestToken.APPROVE.value(), token));
    own.declines().forEach((code, token) -> tokens.put(TestToken.decline(code), token));
    return tokens;
  }

  /** What a scenario asks of a gateway of which nothing is known but its declarations. */
  private record Needs(boolean isHere, List<String> tokens, List<Capability> capabilities) {
    private static final String APPROVED = TestToken.APPROVE.value();

    static Needs of(Scenario scenario) {
      return switch (scenario) {
        case APPROVED, MEMBERSHIP_CANCELLED -> with(List.of(APPROVED));
        case DECLINED_THEN_RETRIED ->
            with(List.of(TestToken.decline(DeclineCode.INSUFFICIENT_FUNDS), APPROVED));
        case DECLINED_FOR_GOOD -> with(List.of(TestToken.decline(DeclineCode.STOLEN_CARD)));
        case REFUNDED -> with(List.of(APPROVED), Capability.PARTIAL_REFUND);
        case CAPTURED_IN_PARTS ->
            with(List.of(APPROVED), Capability.AUTHORIZE, Capability.MULTIPLE_CAPTURES);
        case VOIDED -> with(List.of(APPROVED), Capability.AUTHORIZE, Capability.VOID);
        case CUSTOMER_ACTION,
            PENDING_THEN_WEBHOOK,
            RESPONSE_LOST,
            WEBHOOKS_DOUBLED_AND_REVERSED,
            PAID_TWICE,
            FREE,
            BANK_TRANSFER,
            EXPIRED_THEN_PAID ->
            new Needs(true, List.of(), List.of());
      };
    }

    private static Needs with(List<String> tokens, Capability... capabilities) {
      return new Needs(false, tokens, List.of(capabilities));
    }
  }
}
