package dev.gatehouse.testkit.conformance;

/** What a check came to. */
public sealed interface Verdict {
  /** It holds. */
  record Passed() implements Verdict {}

  /**
   * It does not hold.
   *
   * @param message what was seen instead, in words for the gateway's author
   */
  record Failed(String message) implements Verdict {}

  /**
   * The gateway does not declare what the check is about, and refuses it: typed, with no request
   * sent. Or the provider has no such thing, as {@link TestTarget#lacks()} declares.
   *
   * @param capability what is not declared: a capability's name, or words for what is lacking
   */
  record RefusedAsDeclared(String capability) implements Verdict {
    /** The same in a sentence. */
    public String seen() {
      return "It does not declare " + capability + ".";
    }
  }

  /**
   * Nobody knows: the target can't bring about what the check needs. Never for what failed.
   *
   * @param reason what is missing
   */
  record NotVerified(String reason) implements Verdict {}
}
