package dev.gatehouse.examples.membership;

/** A scenario can't go on, because the site is not where the scenario needs it to be. */
final class Surprise extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Surprise(String what) {
    super(what);
  }
}
