package dev.gatehouse.testkit.conformance;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.RemovesMethods;
import dev.gatehouse.testkit.conformance.StoredMethodRules.Kept;
import java.util.List;
import java.util.Map;

/** Stored methods that are removed. */
final class RemovalRules {
  private RemovalRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-STORE-18", Group.STORED_METHODS)
            .needs(Capability.METHOD_REMOVAL)
            .rule("A method that was removed can't be charged any more, and is shown as removed.")
            .why("A customer who took the card away, and is charged, disputes it and wins.")
            .remedy("Let the provider delete or detach it; show Credential.removed().")
            .by(RemovalRules::removed),
        Rule.must("GW-STORE-19", Group.STORED_METHODS)
            .needs(Capability.METHOD_REMOVAL)
            .rule("Removing what is gone already, or was never there, succeeds.")
            .why("A removal is repeated until it is known to be done; else a person is called.")
            .remedy("Take the provider's \"there is no such method\" for what was wanted.")
            .by(RemovalRules::again),
        Rule.must("GW-STORE-20", Group.STORED_METHODS)
            .needs(Capability.METHOD_REMOVAL)
            .rule("A removal whose answer got lost is in doubt, and succeeds when sent again.")
            .why("Nobody looks a removal up: to send it again is how it is found out about.")
            .remedy("Answer with Unknown, and with Succeeded once the provider says so.")
            .by(RemovalRules::lostAnswer),
        Rule.must("GW-STORE-21", Group.STORED_METHODS)
            .needs(Capability.METHOD_REMOVAL)
            .rule("A removal asked of another account of the provider is refused.")
            .why("A customer who took the card away is told so, and the card goes on being stored.")
            .remedy(
                "\"There is no such method\" proves nothing there. Say with Credential.in() where it"
                    + " is stored, and answer with NotSent where request.account() is another; or"
                    + " ask for what the right account alone shows.")
            .by(RemovalRules::elsewhere));
  }

  private static Outcome remove(PaymentGateway gateway, Kept kept, String key) {
    RemovesMethods able = Bench.as(gateway, RemovesMethods.class);
    return Bench.told(
        "remove", able.remove(new RemoveRequest(key, kept.id(), kept.owner(), kept.account())));
  }

  private static void demandRemoved(Kept kept, Outcome outcome) {
    var shown =
        Expect.outcome(Outcome.Succeeded.class, outcome)
            .snapshot()
            .facts()
            .credentials()
            .get(kept.id());
    Expect.that(
        shown != null && shown.isRemoved(), "The snapshot does not show the method as removed.");
  }

  private static void removed(Bench bench) {
    Kept kept = StoredMethodRules.store(bench);
    demandRemoved(kept, remove(bench.gateway(), kept, bench.newKey()));
    StoredMethodRules.demandRefused(
        bench, StoredMethodRules.renewal(bench, kept), "a method that was removed");
  }

  private static void again(Bench bench) {
    Kept kept = StoredMethodRules.store(bench);
    demandRemoved(kept, remove(bench.gateway(), kept, bench.newKey()));
    demandRemoved(kept, remove(bench.another(), kept, bench.newKey()));
    Kept unknown = kept.unknown();
    demandRemoved(unknown, remove(bench.gateway(), unknown, bench.newKey()));
  }

  private static void lostAnswer(Bench bench) {
    Kept kept = StoredMethodRules.store(bench);
    String key = bench.newKey();
    bench.network.strikeNext(Fault.LOST_ANSWER);
    Expect.outcome(Outcome.Unknown.class, remove(bench.gateway(), kept, key));
    demandRemoved(kept, remove(bench.another(), kept, key));
    Expect.that(
        bench.ledger().method(kept.id()).map(method -> method.isRemoved()).orElse(true),
        "The provider still stores the method.");
  }

  private static void elsewhere(Bench bench) {
    Map<String, String> settings =
        bench
            .provider
            .otherSettings()
            .orElseThrow(() -> new NotVerifiable("the target's provider has one account alone"));
    Kept kept = StoredMethodRules.store(bench);
    Outcome outcome = remove(bench.another(settings), kept, bench.newKey());
    Expect.outcome(Outcome.NotSent.class, outcome);
    demandRemoved(kept, remove(bench.gateway(), kept, bench.newKey()));
  }
}
