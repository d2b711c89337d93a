package dev.gatehouse.testkit.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Every broken gateway: the proof that each check can fail, and says what to do. */
final class Mutants {
  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(
            MutantsOfDiscovery.all(),
            MutantsOfSetup.all(),
            MutantsOfRequests.all(),
            MutantsOfSales.all(),
            MutantsOfAnswers.all(),
            MutantsOfMoves.holds(),
            MutantsOfMoves.givesBack(),
            MutantsOfEdges.holds(),
            MutantsOfEdges.refunds(),
            MutantsSendingAgain.all(),
            MutantsInDoubt.all(),
            MutantsOfLookups.all(),
            MutantsInRecovery.all(),
            MutantsOfMovesInDoubt.all(),
            MutantsOfWebhooks.all(),
            MutantsOfSignatures.all(),
            MutantsOfNotices.all(),
            MutantsOfChanges.all(),
            MutantsOfChanges.disputes(),
            MutantsOnTheLine.amounts(),
            MutantsOfAmounts.all(),
            MutantsOnTheLine.secrets(),
            MutantsOfCustomers.all(),
            MutantsOfStoring.all(),
            MutantsOfServers.all(),
            MutantsOverTime.all())
        .flatMap(List::stream)
        .toList();
  }
}
