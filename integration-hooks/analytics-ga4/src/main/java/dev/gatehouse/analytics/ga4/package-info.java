/** A hook that tells Google Analytics 4, through its Measurement Protocol. */
@NullMarked
package dev.gatehouse.analytics.ga4;

import org.jspecify.annotations.NullMarked;
