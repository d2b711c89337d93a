package dev.gatehouse.testkit.paypal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What PayPal's vault keeps. Changed under the lock of {@link Books} only. */
final class VaultEntries {
  private VaultEntries() {}

  /**
   * What is to be kept of a payer's wallet.
   *
   * @param customer for which customer; made by PayPal if nobody says
   * @param description what the payer is shown of it
   * @param usagePattern how it is to be charged
   */
  record Storing(String customer, @Nullable String description, @Nullable String usagePattern) {}

  /** A setup token: a wallet that is to be kept without a payment, once its payer approves. */
  static final class SetUp {
    final String id;
    final PayPalApp app;
    final Storing storing;
    final @Nullable String key;
    final Instant createdAt;
    String status = "PAYER_ACTION_REQUIRED";
    Funding funding = Funding.BALANCE;
    @Nullable Vaulted vaulted;

    SetUp(String id, PayPalApp app, Storing storing, @Nullable String key, Instant now) {
      this.id = id;
      this.app = app;
      this.storing = storing;
      this.key = key;
      this.createdAt = now;
    }

    boolean is(String wanted) {
      return status.equals(wanted);
    }
  }

  /** A payment token: a wallet that is kept. */
  static final class Vaulted {
    final String id;
    final PayPalApp app;
    final Storing storing;
    final @Nullable String order;
    Funding funding;
    boolean removed;

    Vaulted(String id, PayPalApp app, Storing storing, @Nullable String order, Funding funding) {
      this.id = id;
      this.app = app;
      this.storing = storing;
      this.order = order;
      this.funding = funding;
    }
  }
}
