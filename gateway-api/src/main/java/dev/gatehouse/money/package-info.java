/**
 * Exact money at the edge of a provider: what a gateway can write and read ({@link
 * dev.gatehouse.money.CurrencyProfile}), shares that sum exactly ({@link
 * dev.gatehouse.money.Allocation}) and sums of one currency ({@link
 * dev.gatehouse.money.MoneyMath}). Nothing here rounds, and nothing here uses binary floating
 * point.
 */
@NullMarked
package dev.gatehouse.money;

import org.jspecify.annotations.NullMarked;
