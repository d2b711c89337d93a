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
  LOCALE("Locale, clock, data"),
  /** Of a hook: which events it is for. */
  HOOK_WANTS("What a hook wants"),
  /** Of a hook: when an event is told, in which order, and how often. */
  HOOK_DELIVERY("Delivery, order, repeats"),
  /** Of a hook: what it makes of what its sink says, or does not say. */
  HOOK_ANSWERS("The sink's answers"),
  /** Of a hook: what it may send, keep and log. */
  HOOK_DATA("Personal data and secrets"),
  /** Of a hook: what its sink takes. */
  HOOK_LIMITS("The sink's limits"),
  /** Of a hook: threads, time, several of them, and the end. */
  HOOK_LIFE("Threads, time, end");

  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** As reports call it. */
  public String title() {
    return title;
  }
}
