package dev.gatehouse.command;

import dev.gatehouse.customer.Person;
import dev.gatehouse.id.CustomerId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * Registers a customer. Registering the same customer again does nothing.
 *
 * @param customer the application's id of the customer
 * @param person personal data
 */
public record RegisterCustomer(@NotNull CustomerId customer, @NotNull @Valid Person person) {}
