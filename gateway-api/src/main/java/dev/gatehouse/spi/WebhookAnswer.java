package dev.gatehouse.spi;

import java.util.List;

/** What a gateway makes of a webhook delivery. */
public sealed interface WebhookAnswer {
  /**
   * Genuine.
   *
   * @param notices what it announces; empty for a type that does not concern payments
   * @param reply what the provider wants to hear once the notices are safely stored
   */
  record Verified(List<WebhookNotice> notices, WebhookReply reply) implements WebhookAnswer {
    /** Copies the notices. */
    public Verified {
      notices = List.copyOf(notices);
    }
  }

  /**
   * Not genuine, stale, or malformed. Nothing is read and nothing changes.
   *
   * @param reason for the log; holds nothing of the delivery that could be a secret
   */
  record Rejected(String reason) implements WebhookAnswer {}

  /**
   * Whether it is genuine could not be found out now. The provider is asked to deliver it again.
   */
  record CannotVerify(Failure failure) implements WebhookAnswer {}
}
