package dev.gatehouse.sink;

import dev.gatehouse.hook.HookResult;
import dev.gatehouse.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a service's answer means for the delivery. {@link #result()} is what becomes of it if the
 * sink knows nothing better.
 */
public sealed interface SinkReply {
  /** What to tell the framework. */
  HookResult result();

  /** The answer to what was taken, or some of it, perhaps. */
  default Optional<HttpResponse> answer() {
    return Optional.empty();
  }

  /**
   * It was taken (2xx).
   *
   * @param response the answer
   */
  record Taken(HttpResponse response) implements SinkReply {
    @Override
    public Optional<HttpResponse> answer() {
      return Optional.of(response);
    }

    @Override
    public HookResult result() {
      return HookResult.delivered();
    }
  }

  /**
   * Some of it was taken, perhaps (207); only the body says which. Whoever can't tell sends all of
   * it again.
   *
   * @param response the answer
   */
  record Partly(HttpResponse response) implements SinkReply {
    @Override
    public Optional<HttpResponse> answer() {
      return Optional.of(response);
    }

    @Override
    public HookResult result() {
      return new HookResult.Retry(Optional.empty(), "an answer in parts was not understood");
    }
  }

  /**
   * Not now, or nobody knows: no complete answer, a redirection, 408, 425, 429, 5xx, or a status by
   * which this service says so.
   *
   * @param after how long to wait at least, if the service said so
   * @param reason why, without anything personal or secret
   * @param mayBeTaken whether the service may have done what it was told nevertheless: not if
   *     nothing was sent, nor if it asked to be spared (429)
   */
  record Later(Optional<Duration> after, String reason, boolean mayBeTaken) implements SinkReply {
    @Override
    public HookResult result() {
      return new HookResult.Retry(after, reason);
    }
  }

  /**
   * Sending the same again can't help (4xx).
   *
   * @param response the answer, such as 400, 404 or 422
   * @param reason why, without anything personal or secret
   */
  record Refused(HttpResponse response, String reason) implements SinkReply {
    @Override
    public HookResult result() {
      return new HookResult.Park(reason);
    }
  }

  /**
   * It was too large (413): several may be sent one by one.
   *
   * @param reason why
   */
  record TooLarge(String reason) implements SinkReply {
    @Override
    public HookResult result() {
      return new HookResult.Park(reason);
    }
  }

  /**
   * It does not let us in, or not for this (401, 403): a person sets that right and replays what
   * was parked.
   *
   * @param reason why, with what to look at
   */
  record Locked(String reason) implements SinkReply {
    @Override
    public HookResult result() {
      return new HookResult.Park(reason);
    }
  }

  /**
   * Nobody wants to hear more there, for good (410).
   *
   * @param reason why
   */
  record Gone(String reason) implements SinkReply {
    @Override
    public HookResult result() {
      return new HookResult.Park(reason);
    }
  }
}
