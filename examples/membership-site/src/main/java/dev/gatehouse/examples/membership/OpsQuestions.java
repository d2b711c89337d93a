package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Answer;
import dev.gatehouse.operations.Discrepancy;
import dev.gatehouse.operations.Doubt;
import dev.gatehouse.operations.Moment;
import dev.gatehouse.operations.Operations;
import dev.gatehouse.operations.Page;
import dev.gatehouse.operations.Search;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Delivery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sub-commands of {@code ops} that change nothing. */
final class OpsQuestions {
  private OpsQuestions() {}

  static List<Object> all(OpsReport report, Map<String, String> environment) {
    return List.of(
        new Find(report, environment),
        new Show(report, environment),
        new Timeline(report, environment),
        new InDoubt(report, environment),
        new Conflicts(report, environment),
        new Parked(report, environment),
        new Deliveries(report, environment),
        new Log(report, environment));
  }

  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Was this customer charged? Finds payments, the newest first.")
  private static final class Find extends OpsStep {
    @ArgGroup(multiplicity = "1")
    private By by = new By();

    @Mixin private final OpsPage page = new OpsPage();

    private static final class By {
      @Option(
          names = "--email",
          paramLabel = "ADDRESS",
          description = "The customer's e-mail address, in whatever case.")
      private @Nullable String email;

      @Option(
          names = "--reference",
          paramLabel = "ID",
          description = {
            "The id of a payment, of its checkout, of its",
            "customer, or one that a provider gave to it."
          })
      private @Nullable String reference;

      @ArgGroup(exclusive = false)
      private @Nullable Amount amount;
    }

    private static final class Amount {
      @Option(
          names = "--amount",
          required = true,
          paramLabel = "MONEY",
          description = "What was asked for, such as \"EUR 12.50\".")
      private String amount = "";

      @Option(
          names = "--from",
          paramLabel = "TIME",
          description = "Begun then or later, such as 2026-03-01T00:00:00Z.")
      private @Nullable String from;

      @Option(names = "--to", paramLabel = "TIME", description = "Begun before.")
      private @Nullable String to;
    }

    Find(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      Answer answer = gatehouse.operations().charged(search(), page.of(PaymentId::new));
      report.answer(answer, page.behind());
      return !answer.payments().isEmpty() || !answer.customers().isEmpty();
    }

    private Search search() {
      if (by.email != null) {
        return Search.email(by.email);
      }
      if (by.reference != null) {
        return Search.reference(by.reference);
      }
      Amount amount = by.amount;
      return amount == null
          ? Search.reference("")
          : new Search.ByAmount(
              money(amount.amount), time("--from", amount.from), time("--to", amount.to));
    }

    private static Money money(String text) {
      try {
        return Money.parse(text.strip());
      } catch (RuntimeException e) {
        throw bad("--amount", "is no amount of money", "write it like \"EUR 12.50\"");
      }
    }

    private static Optional<Instant> time(String option, @Nullable String text) {
      try {
        return Optional.ofNullable(text).map(Instant::parse);
      } catch (DateTimeParseException e) {
        throw bad(option, "is no time", "write it like 2026-03-01T00:00:00Z");
      }
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Shows one payment: whether it charged, every call of ours, and what is odd.")
  private static final class Show extends OpsStep {
    @Parameters(paramLabel = "PAYMENT", description = "The payment's id.")
    private String payment = "";

    Show(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      PaymentId id = new PaymentId(payment);
      Operations operations = gatehouse.operations();
      report.payment(operations.charged(id), gatehouse.payment(id), operations.doubts(id));
      return true;
    }
  }

  @Command(
      name = "timeline",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Shows everything that happened: our calls, events, and what people did.")
  private static final class Timeline extends OpsStep {
    @Parameters(paramLabel = "SUBJECT", description = "The id of a customer or of a payment.")
    private String subject = "";

    Timeline(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      report.timeline(moments(gatehouse.operations()));
      return true;
    }

    private List<Moment> moments(Operations operations) {
      try {
        return operations.timeline(new PaymentId(subject));
      } catch (NotFoundException noPayment) {
        return operations.timeline(new CustomerId(subject));
      }
    }
  }

  @Command(
      name = "doubt",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Lists the calls in doubt, why they are, and what comes next.")
  private static final class InDoubt extends OpsStep {
    @Mixin private final OpsPage page = new OpsPage();

    InDoubt(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      List<Doubt> doubts = gatehouse.operations().doubts(page.of(PaymentId::new));
      report.doubts(doubts, page.behind());
      long payments = doubts.stream().map(Doubt::payment).distinct().count();
      if (page.isFull((int) payments)) {
        report.more(doubts.get(doubts.size() - 1).payment().value());
      }
      return true;
    }
  }

  @Command(
      name = "conflicts",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Lists the payments whose provider contradicts itself, or did something else than we asked"
            + " for, as far as nobody has settled it."
      })
  private static final class Conflicts extends OpsStep {
    @Mixin private final OpsPage page = new OpsPage();

    Conflicts(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      List<Discrepancy> found = gatehouse.operations().discrepancies(page.of(PaymentId::new));
      report.discrepancies(found);
      if (page.isFull(found.size())) {
        report.more(found.get(found.size() - 1).payment().value());
      }
      return true;
    }
  }

  @Command(
      name = "parked",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Lists what waits for each hook, and what of it waits for a person.")
  private static final class Parked extends OpsStep {
    @Mixin private final OpsPage page = new OpsPage();

    Parked(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      Page<Delivery.Key> asked = page.of(Parked::key);
      List<Delivery> parked = gatehouse.operations().parked(asked);
      report.waiting(gatehouse.operations().backlogs(), parked);
      if (page.isFull(parked.size())) {
        Delivery.Key last = parked.get(parked.size() - 1).key();
        report.more(last.hook() + "/" + last.event());
      }
      return true;
    }

    /** No hook has a slash in its id; events do. */
    private static Delivery.Key key(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        throw bad("--after", "names no delivery", "take it from the page before");
      }
      return new Delivery.Key(text.substring(0, slash), text.substring(slash + 1));
    }
  }

  @Command(
      name = "deliveries",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Lists what is not delivered to a hook yet: how often it was tried, since when it fails, what"
            + " the last attempt said, and when it is tried again. What was delivered is in the"
            + " site's log."
      })
  private static final class Deliveries extends OpsStep {
    @Parameters(paramLabel = "HOOK", description = "The hook's id, as 'ops parked' shows it.")
    private String hook = "";

    @Mixin private final OpsPage page = new OpsPage();

    Deliveries(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      List<Delivery> found = gatehouse.operations().deliveries(hook, page.of(event -> event));
      report.deliveries(hook, found, page.behind());
      if (page.isFull(found.size())) {
        report.more(found.get(found.size() - 1).key().event());
      }
      return true;
    }
  }

  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Lists what people did, the last first.")
  private static final class Log extends OpsStep {
    @Option(
        names = "--subject",
        paramLabel = "ID",
        description = "Only about this payment, customer or hook.")
    private @Nullable String subject;

    @Mixin private final OpsPage page = new OpsPage();

    Log(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      Operations operations = gatehouse.operations();
      List<Action> actions =
          subject == null
              ? operations.log(page.of(Log::number))
              : operations.log(subject, page.of(Log::number));
      report.actions(actions);
      if (page.isFull(actions.size())) {
        report.more(Long.toString(actions.get(actions.size() - 1).number()));
      }
      return true;
    }

    private static Long number(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw bad("--after", "is no number of the log", "take it from the page before");
      }
    }
  }

  private static InvalidInputException bad(String option, String message, String remedy) {
    return new InvalidInputException(new Problem(option, "ops.option", message, remedy));
  }
}
