package dev.gatehouse.operations;

import dev.gatehouse.validation.EmailAddress;
import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.PositiveAmount;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;

/** What an operator knows of a payment. */
public sealed interface Search {

  /**
   * The customer's e-mail address.
   *
   * @param email in whatever case; the whole address
   */
  record ByEmail(@NotNull @EmailAddress String email) implements Search {}

  /**
   * An id that somebody has of it.
   *
   * @param reference the id of the payment, of its checkout, of its customer, or one that a
   *     provider gave to it; whole, as it is spelled
   */
  record ByReference(@NotNull @ForeignId String reference) implements Search {}

  /**
   * How much was asked for, or, of a payment that we did not start, taken.
   *
   * @param amount exactly this much
   * @param from first known then or later; empty for any time
   * @param to first known before; empty for any time
   */
  record ByAmount(
      @NotNull @PositiveAmount Money amount,
      @NotNull Optional<Instant> from,
      @NotNull Optional<Instant> to)
      implements Search {}

  /** By the customer's e-mail address. */
  static Search email(String email) {
    return new ByEmail(email);
  }

  /** By an id. */
  static Search reference(String reference) {
    return new ByReference(reference);
  }

  /** By an amount, at any time. */
  static Search amount(Money amount) {
    return new ByAmount(amount, Optional.empty(), Optional.empty());
  }
}
