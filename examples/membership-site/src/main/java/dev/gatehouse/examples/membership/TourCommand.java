package dev.gatehouse.examples.membership;

import dev.gatehouse.validation.InputValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code tour}. */
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs every sign-up of a list through the site, and checks what became of it.",
      "",
      "Starts a payment provider, a shop, a CRM and an analytics service on the loopback"
          + " interface, lets them talk over HTTP, and compares what the shop believes with the"
          + " provider's own ledger. Nothing leaves this machine, and no real money moves. Time is"
          + " simulated: the tour takes some seconds.",
      "",
      "The records are kept (--store), and beside them, in a file that ends in .outside, what the"
          + " provider and the other services were asked. If the tour is ended half-way, by a kill"
          + " or otherwise, start it again: it goes on, and nobody is charged twice. Started again"
          + " after its end, it is another tour with customers of its own.",
      "",
      "With --gateways, the sign-ups go through every gateway of that folder that comes with test"
          + " tokens, as far as a shop can play them without the provider's help; so they do with"
          + " a gateway on the class path that --settings or the environment declares. Such a"
          + " gateway talks to whatever its settings name, in test mode only.",
      ""
    },
    footerHeading = "%nFiles:%n",
    footer = {
      "  plans:   {\"plans\": [{\"id\": \"basic\", \"name\": \"Basic\", \"price\": \"9.00\",",
      "           \"currency\": \"USD\"}]}",
      "  signups: {\"signups\": [{\"customer\": \"ada\", \"name\": \"Ada Lovelace\",",
      "           \"email\": \"ada@example.com\", \"plan\": \"basic\", \"gateway\": \"reference\",",
      "           \"scenario\": \"approved\"}]}",
      "  Gateways: reference, reference-eu, manual (for bank-transfer only).",
      "  May be left out: language (en), and what must be true in the end:",
      "  expect (the checkout's state, such as completed), keep (the money).",
      "",
      "Scenarios:",
      "  approved, declined-then-retried, declined-for-good, customer-action,",
      "  pending-then-webhook, response-lost, webhooks-doubled-and-reversed,",
      "  paid-twice, refunded, captured-in-parts, voided, membership-cancelled,",
      "  free (for plans that cost nothing), bank-transfer, expired-then-paid"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is as expected",
      "1:something is not; it is said what was expected and what was seen",
      "2:bad options or bad files; nothing was started"
    })
final class TourCommand implements Callable<Integer> {
  private static final String PLANS = "plans.json";
  private static final String SIGNUPS = "signups.json";

  private final Report report;

  @Option(
      names = "--plans",
      paramLabel = "FILE",
      description = "The plan catalogue, instead of the one that is shipped.")
  private @Nullable Path plans;

  @Option(
      names = "--signups",
      paramLabel = "FILE",
      description = "The list of sign-ups, instead of the one that is shipped.")
  private @Nullable Path signups;

  @Mixin private final StoreOption store = new StoreOption();

  @Mixin private final GatewaySources sources = new GatewaySources();

  TourCommand(Report report) {
    this.report = report;
  }

  @Override
  public Integer call() {
    List<Signup> list = read();
    try (Records records = store.open()) {
      return Tour.run(list, sources, records, report) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  /** Reads both files whole before anything is started, and complains about everything at once. */
  private List<Signup> read() {
    Complaints complaints = new Complaints();
    InputValidator validator = InputValidator.create();
    Plans catalogue = Plans.read(file(plans, PLANS, complaints), validator, complaints);
    List<Signup> list =
        Signups.read(file(signups, SIGNUPS, complaints), catalogue, validator, complaints);
    complaints.demandNone();
    return list;
  }

  private static InputFile file(@Nullable Path named, String shipped, Complaints complaints) {
    return named == null ? InputFile.shipped(shipped) : InputFile.of(named, complaints);
  }
}
