package dev.gatehouse.spi;

import static dev.gatehouse.error.InvalidInputException.required;

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
    /** Copies the notices; refuses missing parts. */
    public Verified {
      required("notices", notices).forEach(notice -> required("notice", notice));
      notices = List.copyOf(notices);
      required("reply", reply);
    }
  }

  /**
   * Not genuine, stale, or malformed. Nothing is read and nothing changes.
   *
   * @param reason for the log; holds nothing of the delivery that could be a secret
   */
  record Rejected(String reason) implements WebhookAnswer {
    /** Refuses missing parts. */
    public Rejected {
      required("reason", reason);
    }
  }

  /**
   * Whether it is genuine could not be found out now. The provider is asked to deliver it again.
   */
  record CannotVerify(Failure failure) implements WebhookAnswer {
    /** Refuses missing parts. */
    public CannotVerify {
      required("failure", failure);
    }
  }
}
