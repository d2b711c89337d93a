package dev.gatehouse.testkit.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Every broken gateway: the proof that each check can fail, and says what to do. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            MutantsOfDiscovery.all(),
            MutantsOfSales.all(),
            MutantsOfMoves.holds(),
            MutantsOfMoves.givesBack(),
            MutantsInDoubt.sendingAgain(),
            MutantsInDoubt.guessing(),
            MutantsInDoubt.lookingUp(),
            MutantsOnTheLine.webhooks(),
            MutantsOnTheLine.amounts(),
            MutantsOnTheLine.secrets())
        .flatMap(List::stream)
        .toList();
  }
}
