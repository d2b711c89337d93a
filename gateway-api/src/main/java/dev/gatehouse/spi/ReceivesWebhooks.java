package dev.gatehouse.spi;

/** Understands the provider's webhooks. Declared as {@link Capability#WEBHOOKS}. */
public interface ReceivesWebhooks {
  /**
   * Verifies and reads one delivery. A total function: any method, headers and bytes get an answer.
   * It has no side effects and evaluates the raw bytes; it may fetch what it verifies with, within
   * the time limit of a call. What a body says is a hint of where to look; the engine looks up what
   * it hints at.
   */
  WebhookAnswer receive(WebhookRequest request);
}
