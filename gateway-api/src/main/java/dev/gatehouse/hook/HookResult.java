package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;

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
   * @param reason for people; no secrets, and nothing personal: no erasure reaches it; its first
   *     1,000 characters are kept, in one line
   */
  record Retry(Optional<Duration> after, String reason) implements HookResult {
    /** Refuses missing parts. */
    public Retry {
      required("after", after);
      required("reason", reason);
    }
  }

  /**
   * Trying again cannot help; set it aside for a person. Later events of the same subject wait
   * behind it.
   *
   * @param reason for people; no secrets, and nothing personal: no erasure reaches it; its first
   *     1,000 characters are kept, in one line
   */
  record Park(String reason) implements HookResult {
    /** Refuses missing parts. */
    public Park {
      required("reason", reason);
    }
  }

  /** Done. */
  static HookResult delivered() {
    return new Delivered();
  }
}
