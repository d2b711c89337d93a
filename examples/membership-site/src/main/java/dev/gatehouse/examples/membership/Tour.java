package dev.gatehouse.examples.membership;

import dev.gatehouse.engine.CheckoutView;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.testkit.emulator.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.joda.money.Money;

/** Takes every sign-up through the site, and checks what became of it. For one thread. */
final class Tour {
  private final Site site;
  private final Report report;

  private Tour(Site site, Report report) {
    this.site = site;
    this.report = report;
  }

  /** Runs it on these records, or goes on with it; says whether all is as expected. */
  static boolean run(List<Signup> list, GatewaySources sources, Records records, Report report) {
    Optional<GatewayFolder> folder = sources.open();
    try (Logbook log = logbook(records)) {
      Course course = Course.of(log, list, records.store());
      List<Signup> signups = list.stream().map(s -> s.inTour(course.number())).toList();
      report.records(records, course, signups);
      try (Site site =
          sources.areNone()
              ? Site.open(records, log, course)
              : Site.open(records, log, course, folder, sources.configs(folder))) {
        Tour tour = new Tour(site, report);
        boolean own = folder.isEmpty() && site.dropped().isEmpty();
        return own ? tour.runOwn(signups) : tour.runDropped(signups);
      }
    } finally {
      folder.ifPresent(GatewayFolder::close);
    }
  }

  private static Logbook logbook(Records records) {
    return records
        .outside()
        .map(file -> Logbook.open(file, Site.newClock()))
        .orElseGet(() -> Logbook.none(Site.newClock()));
  }

  private boolean runOwn(List<Signup> signups) {
    report.gateways(site.catalog(), site.gatehouse().gateways());
    return run(signups);
  }

  /** Every sign-up through every dropped gateway that can take it; none at all is a failure. */
  private boolean runDropped(List<Signup> signups) {
    report.gateways(site.gatehouse().gatewayList());
    List<Signup> rerouted = new ArrayList<>();
    for (Dropped gateway : site.dropped()) {
      Map<String, Set<Scenario>> leftOut = new LinkedHashMap<>();
      for (Signup signup : signups) {
        gateway
            .whyNot(signup)
            .ifPresentOrElse(
                why -> leftOut.computeIfAbsent(why, w -> new TreeSet<>()).add(signup.scenario()),
                () -> rerouted.add(signup.through(gateway.view().id())));
      }
      leftOut.forEach((why, scenarios) -> report.leftOut(gateway, scenarios, why));
    }
    if (rerouted.isEmpty()) {
      report.nothingToRun();
      return false;
    }
    return run(rerouted);
  }

  private boolean run(List<Signup> signups) {
    List<Result> results = new ArrayList<>();
    for (Signup signup : signups) {
      Result result = visit(signup);
      results.add(result);
      report.progress(results.size(), signups.size(), result);
    }
    List<CheckoutView> checkouts =
        results.stream()
            .flatMap(result -> result.checkout().stream())
            .map(view -> site.gatehouse().checkout(view.id()))
            .toList();
    List<String> violations = Invariants.violations(site, checkouts);
    report.timelines(results);
    report.table(results);
    report.end(results, violations, site);
    site.course().over();
    return violations.isEmpty() && results.stream().allMatch(Result::isAsExpected);
  }

  private Result visit(Signup signup) {
    Visit visit = new Visit(site, signup);
    List<String> deviations = new ArrayList<>();
    if (!site.course().isVisited(signup.customer())) {
      try {
        signup.scenario().play(visit);
      } catch (GatehouseException | Surprise e) {
        deviations.add("stopped: " + e.getMessage());
      }
      site.network().loseNothing();
      site.comeToRest();
    }
    visit.story().catchUp();
    site.course().visited(signup.customer());
    Optional<CheckoutView> checkout =
        visit.hasCheckout() ? Optional.of(visit.checkout()) : Optional.empty();
    checkout.ifPresent(view -> deviations.addAll(Audit.deviations(site, signup, view)));
    return new Result(
        signup,
        checkout,
        checkout.map(this::outside).orElse("-"),
        visit.story().lines(),
        visit.story().events(),
        List.copyOf(deviations));
  }

  /** What those say who hold the money. */
  private String outside(CheckoutView view) {
    Money kept = Audit.keptOutside(site, view);
    if (view.payments().stream().anyMatch(p -> site.isDropped(p.gateway()))) {
      return "gateway: " + kept;
    }
    if (view.payments().stream().anyMatch(p -> p.gateway().equals(Instances.MANUAL))) {
      return "bank: " + kept;
    }
    Ledger ledger = site.provider().ledger();
    long charges =
        view.payments().stream()
            .map(Payment::id)
            .mapToLong(id -> ledger.chargesOf(id.value()).size())
            .sum();
    return charges + (charges == 1 ? " charge: " : " charges: ") + kept;
  }
}
