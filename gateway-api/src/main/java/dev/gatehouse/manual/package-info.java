/** Bank transfers and other money that only a person sees arrive. */
@NullMarked
package dev.gatehouse.manual;

import org.jspecify.annotations.NullMarked;
