/**
 * Where records live. {@link dev.gatehouse.store.Store} is the port and states the contract; {@link
 * dev.gatehouse.store.InMemoryStore} keeps it within one process.
 */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
