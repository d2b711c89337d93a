package dev.gatehouse.spi;

/** What ids look like when a gateway gets them; so no gateway needs a rule of its own. */
final class Forms {
  /** Ours, for a payment. */
  static final String REFERENCE = "[A-Za-z0-9._-]{1,64}";

  /** Ours, for an operation. */
  static final String KEY = "[A-Za-z0-9._-]{1,100}";

  /** A provider's, for a stored method; Base64 is common. */
  static final String STORED = "(?!.*\\.\\.)[A-Za-z0-9._:/+=|~-]{1,255}";

  private Forms() {}
}
