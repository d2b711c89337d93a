package dev.gatehouse.testkit.emulator;

/** What has an id in the {@link Books}. */
public enum Part {
  /** A charge: one attempt to take or hold money. */
  CHARGE("ch"),
  /** What the customer has to do for a charge. */
  ACTION("act"),
  /** Money that is held. */
  HOLD("auth"),
  /** Money that was taken. */
  CAPTURE("cap"),
  /** Money that goes back. */
  REFUND("re"),
  /** A dispute. */
  DISPUTE("dp");

  private final String prefix;

  Part(String prefix) {
    this.prefix = prefix;
  }

  /** What ids of its kind begin with, where a provider has no way of its own. */
  public String prefix() {
    return prefix;
  }
}
