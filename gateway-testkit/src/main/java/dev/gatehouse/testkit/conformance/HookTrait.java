package dev.gatehouse.testkit.conformance;

/**
 * What a hook's target declares of the hook and its sink. What is not declared must not be seen.
 */
public enum HookTrait {
  /** The sink takes several things in one request, and answers for each of them. */
  ANSWERS_BY_ITEM,
  /** The hook sends who a customer is: name, address, language. */
  SENDS_PERSONAL_DATA,
  /** The sink can be told to forget a customer. */
  FORGETS,
  /** The hook can be told to send events of test mode, too. */
  SENDS_TEST_MODE,
  /**
   * The hook tells what the sink refuses (4xx) again, for days: the sink is whoever's program,
   * which refuses until somebody mends it.
   */
  RETRIES_REFUSALS
}
