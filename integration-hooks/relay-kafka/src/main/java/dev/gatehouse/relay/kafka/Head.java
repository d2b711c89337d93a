package dev.gatehouse.relay.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the record that is next in a partition. It is kept with the group's offset,
 * as its metadata, and so outlives processes and goes along when the partition goes elsewhere.
 *
 * @param failures how often the hook asked to be told again
 * @param failingSince when it first did
 * @param unanswered how often in a row nothing was heard of it: the process ended, or the hook
 */
record Head(int failures, Optional<Instant> failingSince, int unanswered) {
  /** A record of which nothing is remembered. */
  static final Head NEW = new Head(0, Optional.empty(), 0);

  /** How often nothing is heard of a record before a person is to look at it. */
  private static final int MOST_UNANSWERED = 3;

  private static final Pattern TEXT =
      Pattern.compile("failures=(\\d{1,9}) since=(\\d{1,15}) unanswered=(\\d{1,9})");

  /** What was kept; nothing is remembered if that is something else's. */
  static Head read(@Nullable String metadata) {
    Matcher text = TEXT.matcher(metadata == null ? "" : metadata);
    if (!text.matches()) {
      return NEW;
    }
    long since = Long.parseLong(text.group(2));
    return new Head(
        Integer.parseInt(text.group(1)),
        since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since)),
        Integer.parseInt(text.group(3)));
  }

  /** This, to be kept; empty if there is nothing to remember. */
  String text() {
    return equals(NEW)
        ? ""
        : "failures=%d since=%d unanswered=%d"
            .formatted(failures, failingSince.map(Instant::toEpochMilli).orElse(0L), unanswered);
  }

  /** This, in the hands of whoever tells it; if nothing more is heard, that counts. */
  Head claimed() {
    return new Head(failures, failingSince, unanswered + 1);
  }

  /** This, of which something was heard. */
  Head answered() {
    return new Head(failures, failingSince, 0);
  }

  /** This, after the hook asked to be told again. */
  Head failed(Instant now) {
    return new Head(failures + 1, failingSince.or(() -> Optional.of(now)), 0);
  }

  boolean failsLongerThan(Duration patience, Instant now) {
    return failingSince.map(since -> !now.isBefore(since.plus(patience))).orElse(false);
  }

  /** Whether whoever is told of it may end with it. */
  boolean isSuspect() {
    return unanswered > 0;
  }

  /** Why it is told no more, if so. */
  Optional<String> givenUp() {
    return unanswered < MOST_UNANSWERED
        ? Optional.empty()
        : Optional.of(
            "told "
                + unanswered
                + " times without an answer: the process ended each time, or the hook never"
                + " returned");
  }
}
