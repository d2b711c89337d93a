package dev.gatehouse.testkit.conformance;

/** What a check is about, in the order in which groups are run and reported. */
public enum Group {
  /** Found, described and refused as declared. */
  DISCOVERY("Discovery and metadata"),
  /** Settings, credentials, modes, instances. */
  CONFIGURATION("Configuration"),
  /** What is refused before it is sent, and what is not. */
  VALIDATION("Validation"),
  /** A charge that takes the money at once. */
  SALE("Sale"),
  /** Held money: taken, released. */
  AUTHORIZATION("Authorise, capture, void"),
  /** Held money taken in parts. */
  PARTIAL_CAPTURE("Partial capture"),
  /** Money given back. */
  REFUND("Refunds"),
  /** What the customer has to do first. */
  CUSTOMER_ACTION("Customer action"),
  /** One key, one effect. */
  IDEMPOTENCY("Idempotency"),
  /** Lost requests, lost answers, lookups. */
  UNKNOWN_OUTCOME("Unknown outcome"),
  /** What providers announce. */
  WEBHOOKS("Webhooks"),
  /** What happened at the provider without us, and how it is learned of. */
  CHANGES("Changes and disputes"),
  /** Amounts on the wire. */
  CURRENCY("Currency"),
  /** Methods kept for later charges. */
  STORED_METHODS("Stored methods"),
  /** Many at once. */
  CONCURRENCY("Concurrency"),
  /** What may not be told. */
  SECRETS("Secrets"),
  /** What is used must be given back. */
  RESOURCES("Resources"),
  /** Languages, zones, clocks. */
  LOCALE("Locale, clock, data");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** As reports call it. */
  public String title() {
    return title;
  }
}
