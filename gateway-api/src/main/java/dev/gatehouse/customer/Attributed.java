package dev.gatehouse.customer;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.id.CheckoutId;

/**
 * Which visit a checkout was started in.
 *
 * @param checkout the checkout
 * @param attribution the visit
 */
public record Attributed(CheckoutId checkout, Attribution attribution) {
  /** Refuses missing parts. */
  public Attributed {
    required("checkout", checkout);
    required("attribution", attribution);
  }
}
