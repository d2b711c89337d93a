/**
 * A site that sells memberships, and a tour of it: sign-ups are read from a file, run through every
 * turn that a checkout can take, and checked against what the provider's own ledger says.
 *
 * <p>Where to look first: {@link dev.gatehouse.examples.membership.Site} puts a gatehouse together,
 * {@link dev.gatehouse.examples.membership.SiteHooks} says which hooks listen to it, and {@link
 * dev.gatehouse.examples.membership.Plays} uses it.
 */
@NullMarked
package dev.gatehouse.examples.membership;

import org.jspecify.annotations.NullMarked;
