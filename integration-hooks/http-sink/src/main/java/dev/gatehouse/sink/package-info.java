/**
 * What hooks that tell others over HTTP have in common: one way to send ({@link
 * dev.gatehouse.sink.HttpSink}), answers by what they mean for a delivery ({@link
 * dev.gatehouse.sink.SinkReply}), policies for personal data and consent, JSON, and text that holds
 * no secret.
 */
@NullMarked
package dev.gatehouse.sink;

import org.jspecify.annotations.NullMarked;
