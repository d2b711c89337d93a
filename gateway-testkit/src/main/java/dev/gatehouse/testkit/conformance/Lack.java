package dev.gatehouse.testkit.conformance;

/**
 * What some providers do not have at all. A {@link TestTarget} that {@linkplain TestTarget#lacks()
 * says so} has the checks about it reported as refused as declared; where it does not, and the
 * check can't be held either, that is reported as not verified. Others may be added.
 */
public enum Lack {
  /** Customers' disputes: nobody takes money back against our will. */
  DISPUTES(
      "disputes",
      "the target's provider can't let happen: DISPUTED; let it, or say in lacks() that this"
          + " provider knows no DISPUTES"),
  /** Deliveries of several notices at once. */
  BATCHES(
      "deliveries of several notices",
      "the target's provider makes no batch() of notices; let it, or say in lacks() that this"
          + " provider delivers no BATCHES"),
  /** A time in what is signed. */
  DATED_NOTICES(
      "notices with a date",
      "signedNow() of the target's provider signs the same at any time; date what it signs, or say"
          + " in lacks() that this provider knows no DATED_NOTICES"),
  /** A second secret, or key, that notices may be signed with while the first one is replaced. */
  SECRET_ROTATION(
      "a second secret for notices",
      "no setting has the name of another with '-previous' behind it; name the secret before so, or"
          + " say in lacks() that this provider has no SECRET_ROTATION");

  private final String words;
  private final String unsaid;

  Lack(String words, String unsaid) {
    this.words = words;
    this.unsaid = unsaid;
  }

  /** Ends a check that has found none of it. */
  RuntimeException missingIn(TestTarget target) {
    return target.lacks().contains(this) ? new Lacking(words) : new NotVerifiable(unsaid);
  }

  /** Ends a check of something that is not there, in these words. */
  static RuntimeException of(String words) {
    return new Lacking(words);
  }

  /** The provider has nothing that could be checked, as its target declares. */
  static final class Lacking extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String words;

    private Lacking(String words) {
      super(words, null, false, false);
      this.words = words;
    }

    Verdict verdict() {
      return new Verdict.RefusedAsDeclared(words);
    }
  }
}
