package dev.gatehouse.event;

import dev.gatehouse.id.PaymentId;
import java.util.List;

/**
 * Contradicting facts were seen. A person must look.
 *
 * @param header the event's id, time, subject and customer
 * @param payment the payment
 * @param fact which fact
 * @param values what was seen
 */
public record ConflictFound(EventHeader header, PaymentId payment, String fact, List<String> values)
    implements LifecycleEvent {
  /** Copies the list. */
  public ConflictFound {
    values = List.copyOf(values);
  }
}
