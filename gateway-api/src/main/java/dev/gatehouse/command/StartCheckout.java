package dev.gatehouse.command;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.checkout.Line;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.customer.Attribution;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.validation.IdempotencyKey;
import dev.gatehouse.validation.NonNegativeAmount;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Starts a checkout. What is to be paid is computed from plan, lines and discount; nobody states a
 * total.
 *
 * @param customer who pays
 * @param key the caller's key; the same key starts one checkout
 * @param plan the plan that it is for, if it is for one; its price is a line
 * @param lines what else is paid for
 * @param discount what is taken off the whole, spread over the lines in proportion, taxes and
 *     shipping among them, so that a tax stays the same part of its goods
 * @param lifetime how long the customer has; the engine's default if not said
 * @param attribution the visit that it is started in, for analytics; kept with the customer
 */
public record StartCheckout(
    @NotNull CustomerId customer,
    @NotNull @IdempotencyKey String key,
    @NotNull Optional<@Valid Plan> plan,
    @NotNull @Size(max = 500) List<@NotNull @Valid Line> lines,
    @NotNull Optional<@NonNegativeAmount Money> discount,
    @NotNull Optional<Duration> lifetime,
    @NotNull Optional<@Valid Attribution> attribution) {

  /** Of which it is not known in which visit it is started. */
  public StartCheckout(
      CustomerId customer,
      String key,
      Optional<Plan> plan,
      List<Line> lines,
      Optional<Money> discount,
      Optional<Duration> lifetime) {
    this(customer, key, plan, lines, discount, lifetime, Optional.empty());
  }

  /** For a plan and nothing else. */
  public static StartCheckout forPlan(CustomerId customer, String key, Plan plan) {
    return new StartCheckout(
        customer,
        key,
        Optional.of(required("plan", plan)),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** For goods, without a plan. */
  public static StartCheckout forLines(CustomerId customer, String key, List<Line> lines) {
    return new StartCheckout(
        customer, key, Optional.empty(), lines, Optional.empty(), Optional.empty());
  }

  /**
   * This, with something taken off the whole: zero or more, at most what the lines cost.
   *
   * @throws dev.gatehouse.error.InvalidInputException if it is missing; the amount is checked when
   *     the command is given
   */
  public StartCheckout lessDiscount(Money off) {
    return new StartCheckout(
        customer, key, plan, lines, Optional.of(required("discount", off)), lifetime, attribution);
  }

  /**
   * This, with how long the customer has to pay, instead of the engine's default: more than
   * nothing, at most a year.
   *
   * @throws dev.gatehouse.error.InvalidInputException if it is missing; its length is checked when
   *     the command is given
   */
  public StartCheckout lasting(Duration time) {
    return new StartCheckout(
        customer, key, plan, lines, discount, Optional.of(required("lifetime", time)), attribution);
  }

  /**
   * This, started in a visit, so that analytics can be told of the outcome as part of it. Kept with
   * the customer, of whom it is forgotten with everything else. A customer who was erased has none.
   *
   * @throws dev.gatehouse.error.InvalidInputException if it is missing; its parts are checked when
   *     the command is given
   */
  public StartCheckout in(Attribution visit) {
    return new StartCheckout(
        customer,
        key,
        plan,
        lines,
        discount,
        lifetime,
        Optional.of(required("attribution", visit)));
  }
}
