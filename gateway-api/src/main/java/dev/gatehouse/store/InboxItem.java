package dev.gatehouse.store;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.PaymentHint;
import java.time.Instant;
import java.util.Optional;

/**
 * A genuine webhook notice, kept until the payment that it hints at was looked up. Unique by
 * gateway and notice id, so that a notice delivered twice is handled once.
 *
 * @param gateway the gateway that received it
 * @param notice the provider's id of the notice
 * @param version the store's version of this record; 0 before it was first saved
 * @param type the provider's name of what happened
 * @param hint where to look
 * @param receivedAt when it came
 * @param tries how often the provider was asked and showed nothing, or nothing new; an outage does
 *     not count
 * @param wakeAt when it is to be handled; empty once it was
 */
public record InboxItem(
    GatewayInstanceId gateway,
    String notice,
    long version,
    String type,
    PaymentHint hint,
    Instant receivedAt,
    int tries,
    Optional<Instant> wakeAt) {

  /** This, handled. */
  public InboxItem handled() {
    return new InboxItem(gateway, notice, version, type, hint, receivedAt, tries, Optional.empty());
  }

  /** This, to be handled at that time, because the provider could not be asked. */
  public InboxItem putOffTo(Instant time) {
    return new InboxItem(
        gateway, notice, version, type, hint, receivedAt, tries, Optional.of(time));
  }

  /** This, tried in vain, to be tried again at that time. */
  public InboxItem tryAgainAt(Instant time) {
    return new InboxItem(
        gateway, notice, version, type, hint, receivedAt, tries + 1, Optional.of(time));
  }

  /** This, as the store holds it after a commit. */
  public InboxItem atVersion(long stored) {
    return new InboxItem(gateway, notice, stored, type, hint, receivedAt, tries, wakeAt);
  }
}
