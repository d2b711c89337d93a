/**
 * What a client that blocks its caller lacks to be a transport: a deadline over the whole call, an
 * end at an interrupt or a close, and the proof of what was sent. Not for applications.
 */
@NullMarked
package dev.gatehouse.http.blocking;

import org.jspecify.annotations.NullMarked;
