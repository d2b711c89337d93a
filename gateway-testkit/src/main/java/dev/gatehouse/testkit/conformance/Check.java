package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
import java.util.Set;

/**
 * One rule that a gateway has to keep. Data: how it is checked is the kit's own affair.
 *
 * @param id stable, such as {@code GW-IDEM-03}; never given to another rule
 * @param group what it is about
 * @param level how much it weighs
 * @param needs what a gateway must declare for it to be asked; others must refuse instead
 * @param rule what must hold, in one sentence
 * @param why the real trouble that it prevents
 * @param remedy what to do where it does not hold
 */
public record Check(
    String id,
    Group group,
    Level level,
    Set<Capability> needs,
    String rule,
    String why,
    String remedy) {

  /** Copies the set. */
  public Check {
    needs = Set.copyOf(needs);
  }
}
