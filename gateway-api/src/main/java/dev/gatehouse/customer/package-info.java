/** The customer: an id, personal data that can be erased, and metadata that hooks may write. */
@NullMarked
package dev.gatehouse.customer;

import org.jspecify.annotations.NullMarked;
