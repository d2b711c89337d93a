package dev.gatehouse.spi;

/**
 * Asks customers to do something (authenticate, approve) and goes on afterwards. Declared as {@link
 * Capability#CUSTOMER_ACTION}.
 */
public interface CompletesActions {
  /**
   * Goes on with an attempt that is {@link dev.gatehouse.facts.AttemptStep#APPROVED}. The engine
   * calls it when a lookup shows that step, whether or not the customer came back; parameters of
   * the return are never evidence. A gateway whose provider goes on by itself never shows that
   * step.
   */
  Outcome complete(CompleteRequest request);
}
