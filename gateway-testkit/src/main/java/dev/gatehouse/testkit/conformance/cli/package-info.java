/**
 * The kit's command line: finds gateways in JARs, holds the checks against one in a JVM beside its
 * own, and writes reports.
 */
@NullMarked
package dev.gatehouse.testkit.conformance.cli;

import org.jspecify.annotations.NullMarked;
