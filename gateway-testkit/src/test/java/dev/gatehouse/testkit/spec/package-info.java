/**
 * Holds requests and answers against the providers' own API descriptions. The descriptions are not
 * part of this repository; tests that need an absent one say so and are skipped.
 */
@NullMarked
package dev.gatehouse.testkit.spec;

import org.jspecify.annotations.NullMarked;
