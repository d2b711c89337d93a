package dev.gatehouse.spi;

/**
 * One opened gateway: settings, credentials and a way to the provider. Thread-safe; calls may block
 * up to the environment's time limit.
 *
 * <p>Requests were validated before they come here. A gateway that throws or returns null is
 * treated as if it had answered {@link Outcome.Unknown}. The time limit is kept by the transport; a
 * gateway that hangs elsewhere is overtaken by recovery, once its send is taken for lost.
 */
public interface PaymentGateway extends AutoCloseable {
  /**
   * Takes the money ({@link CaptureMode#AUTOMATIC}) or holds it ({@link CaptureMode#MANUAL}), or
   * starts to. The request's reference must reach the provider, in a place where {@link #lookup}
   * finds it, and its idempotency key must go with every request that this call sends.
   */
  Outcome charge(ChargeRequest request);

  /**
   * Finds out what the provider knows of a payment. Executes nothing and changes nothing at the
   * provider; in particular, it never replays a mutating request.
   */
  Lookup lookup(Trace trace);

  /**
   * Releases what the gateway owns. May be called twice. The transport is not the gateway's to
   * close.
   */
  @Override
  void close();
}
