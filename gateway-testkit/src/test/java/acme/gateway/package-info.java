/** Gateways of somebody else, good and bad, for the command line to be held against. */
@NullMarked
package acme.gateway;

import org.jspecify.annotations.NullMarked;
