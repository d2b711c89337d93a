package dev.gatehouse.json;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.store.Delivery;
import java.time.Instant;
import java.util.Optional;

/** A delivery without its event, which is kept once for all hooks. The parts are the delivery's. */
record DeliveryState(
    String hook,
    long sequence,
    long version,
    int attempts,
    Instant nextAt,
    Optional<Instant> failingSince,
    Optional<String> parked,
    Optional<String> error,
    int unanswered) {

  static DeliveryState of(Delivery delivery) {
    return new DeliveryState(
        delivery.hook(),
        delivery.sequence(),
        delivery.version(),
        delivery.attempts(),
        delivery.nextAt(),
        delivery.failingSince(),
        delivery.parked(),
        delivery.error(),
        delivery.unanswered());
  }

  Delivery with(LifecycleEvent event) {
    return new Delivery(
        hook, event, sequence, version, attempts, nextAt, failingSince, parked, error, unanswered);
  }
}
