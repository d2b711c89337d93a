/**
 * The one HTTP door: every gateway sends through {@link dev.gatehouse.http.HttpTransport}, which
 * keeps the whole deadline, never sends twice, and says of every failure whether the provider may
 * have seen the request ({@link dev.gatehouse.http.TransportException}).
 */
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
