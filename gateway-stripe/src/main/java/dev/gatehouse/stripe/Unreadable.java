package dev.gatehouse.stripe;

/** An answer that lacks what every answer of Stripe has. It says nothing about what happened. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Unreadable(String field) {
    super("Stripe's answer lacks a proper " + field, null, false, false);
  }

  /** The value, which Stripe always gives. */
  static <T> T demand(String field, @org.jspecify.annotations.Nullable T value) {
    if (value == null) {
      throw new Unreadable(field);
    }
    return value;
  }

  static Unreadable in(String field) {
    return new Unreadable(field);
  }
}
