package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

import java.util.EnumSet;
import java.util.Set;

/**
 * One payment method that a gateway takes: what a charge with it needs, and what can be done with
 * it. A charge that lacks what is needed is refused before anything is saved or sent.
 *
 * @param type {@code [a-z0-9_]+}, such as {@code card}
 * @param token whether a token of the provider's script comes with the charge. A stored method is
 *     no token, and is let through where {@link Capability#STORED_METHODS} is declared
 * @param needsReturnUrl whether a customer who is present must have an address to come back to
 * @param capabilities what can be done with this method
 */
public record MethodSpec(
    String type, Token token, boolean needsReturnUrl, Set<Capability> capabilities) {

  /** Whether a charge comes with a token of the provider's script. */
  public enum Token {
    /** It must; without one it is refused. */
    REQUIRED,
    /** It may; without one the customer is sent to the provider's page. */
    OPTIONAL,
    /** It must not: the customer is sent to the provider, or transfers the money. */
    NONE
  }

  /** Copies the set; refuses missing parts. */
  public MethodSpec {
    required("type", type);
    required("token", token);
    capabilities = Set.copyOf(required("capabilities", capabilities));
  }

  /** A method whose charges come with a token. */
  public static MethodSpec withToken(String type, Capability... capabilities) {
    return new MethodSpec(type, Token.REQUIRED, false, setOf(capabilities));
  }

  /** A method without a token: the customer is sent to the provider, or transfers the money. */
  public static MethodSpec withoutToken(String type, Capability... capabilities) {
    return new MethodSpec(type, Token.NONE, false, setOf(capabilities));
  }

  /** A method whose charges may come with a token; without one, the customer is sent away. */
  public static MethodSpec withOrWithoutToken(String type, Capability... capabilities) {
    return new MethodSpec(type, Token.OPTIONAL, false, setOf(capabilities));
  }

  /** This, as one that needs an address for the customer to come back to. */
  public MethodSpec needingReturnUrl() {
    return new MethodSpec(type, token, true, capabilities);
  }

  private static Set<Capability> setOf(Capability... capabilities) {
    Set<Capability> set = EnumSet.noneOf(Capability.class);
    for (Capability capability : required("capabilities", capabilities)) {
      set.add(required("capability", capability));
    }
    return set;
  }
}
