package dev.gatehouse.hook;

import java.time.Duration;
import java.util.Optional;

/** What became of a delivery to a hook. */
public sealed interface HookResult {
  /** Done; never deliver this event to this hook again. */
  record Delivered() implements HookResult {}

  /**
   * Try again later.
   *
   * @param after how long to wait at least, if the sink said so
   * @param reason for people; no secrets
   */
  record Retry(Optional<Duration> after, String reason) implements HookResult {}

  /**
   * Trying again cannot help; set it aside for a person. Later events of the same subject wait
   * behind it.
   *
   * @param reason for people; no secrets
   */
  record Park(String reason) implements HookResult {}

  /** Done. */
  static HookResult delivered() {
    return new Delivered();
  }
}
