package dev.gatehouse.examples.membership;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.ArchiveEvents;
import dev.gatehouse.command.DropDeliveries;
import dev.gatehouse.command.EraseCustomer;
import dev.gatehouse.command.LookUpPayment;
import dev.gatehouse.command.ReplayEvent;
import dev.gatehouse.command.ReplayParked;
import dev.gatehouse.command.SettleConflict;
import dev.gatehouse.command.SettleOperation;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.operations.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sub-commands of {@code ops} that change something. Each names who does it and why. */
final class OpsDeeds {
  private OpsDeeds() {}

  static List<Object> all(OpsReport report, Map<String, String> environment) {
    return List.of(
        new LookUp(report, environment),
        new Settle(report, environment),
        new SettleSeen(report, environment),
        new Replay(report, environment),
        new Drop(report, environment),
        new Erase(report, environment),
        new Archive(report, environment));
  }

  /** Who does it and why. */
  private static final class By {
    @Option(
        names = "--actor",
        required = true,
        paramLabel = "NAME",
        description = "Who does it; kept in the log.")
    private String actor = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why; kept in the log. Names no customer.")
    private String reason = "";
  }

  @Command(
      name = "look-up",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Asks a payment's provider now. Needs its gateway: see --settings.",
        "Nothing is sent that moves money."
      })
  private static final class LookUp extends OpsStep {
    @Parameters(paramLabel = "PAYMENT", description = "The payment's id.")
    private String payment = "";

    @Mixin private final By by = new By();

    LookUp(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      PaymentId id = new PaymentId(payment);
      Verdict verdict = gatehouse.operations().lookUp(new LookUpPayment(id, by.actor, by.reason));
      report.payment(verdict, gatehouse.payment(id), gatehouse.operations().doubts(id));
      return true;
    }
  }

  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Says what became of a call that was left to a person. First look in the console of the"
            + " provider, for the payment's id."
      })
  private static final class Settle extends OpsStep {
    @Parameters(index = "0", paramLabel = "PAYMENT", description = "The payment's id.")
    private String payment = "";

    @Parameters(
        index = "1",
        paramLabel = "OPERATION",
        description = "The operation's key, as 'ops doubt' shows it.")
    private String operation = "";

    @ArgGroup(multiplicity = "1")
    private Finding finding = new Finding();

    private static final class Finding {
      @Option(
          names = "--not-done",
          required = true,
          description = "It had no effect: the console shows nothing.")
      private boolean notDone;

      @Option(
          names = "--effect",
          required = true,
          paramLabel = "ID",
          description = "It was done: the console shows it under this id.")
      private @Nullable String effect;
    }

    @Mixin private final By by = new By();

    Settle(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      PaymentId id = new PaymentId(payment);
      gatehouse
          .operations()
          .settle(
              new SettleOperation(
                  id, operation, Optional.ofNullable(finding.effect), by.actor, by.reason));
      report.done("settled " + operation);
      report.payment(
          gatehouse.operations().charged(id),
          gatehouse.payment(id),
          gatehouse.operations().doubts(id));
      return true;
    }
  }

  @Command(
      name = "settle-conflict",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Says that a conflict or a mismatch was looked into: 'ops conflicts' lists it no more, unless"
            + " more is seen. No fact changes, and nothing is fulfilled or given back."
      })
  private static final class SettleSeen extends OpsStep {
    @Parameters(index = "0", paramLabel = "PAYMENT", description = "The payment's id.")
    private String payment = "";

    @Parameters(
        index = "1",
        paramLabel = "CONFLICT",
        description = "The conflict's id, as 'ops conflicts' shows it.")
    private String conflict = "";

    @Mixin private final By by = new By();

    SettleSeen(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      PaymentId id = new PaymentId(payment);
      gatehouse.operations().settle(new SettleConflict(id, conflict, by.actor, by.reason));
      report.done("settled " + conflict);
      report.payment(
          gatehouse.operations().charged(id),
          gatehouse.payment(id),
          gatehouse.operations().doubts(id));
      return true;
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Lets an event, or everything that is parked, be offered to a hook again. The running site"
            + " tells the hook."
      })
  private static final class Replay extends OpsStep {
    @Option(names = "--hook", required = true, paramLabel = "ID", description = "The hook's id.")
    private String hook = "";

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    private static final class What {
      @Option(
          names = "--event",
          required = true,
          paramLabel = "ID",
          description = "The event's id, as 'ops parked' shows it.")
      private @Nullable String event;

      @Option(names = "--parked", required = true, description = "Everything parked for it.")
      private boolean parked;
    }

    @Mixin private final By by = new By();

    Replay(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      int count = 1;
      if (what.event == null) {
        count = gatehouse.operations().replay(new ReplayParked(hook, by.actor, by.reason));
      } else {
        gatehouse.operations().replay(new ReplayEvent(hook, what.event, by.actor, by.reason));
      }
      report.done("offered to " + hook + " again: " + count);
      return true;
    }
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Forgets what waits for a hook that is gone for good. The site's own hooks are refused."
      })
  private static final class Drop extends OpsStep {
    @Parameters(paramLabel = "HOOK", description = "The hook's id.")
    private String hook = "";

    @Mixin private final By by = new By();

    Drop(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      int dropped = gatehouse.operations().drop(new DropDeliveries(hook, by.actor, by.reason));
      report.done("dropped what waited for " + hook + ": " + dropped);
      return true;
    }
  }

  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Forgets who a customer is. Payments, totals and events stay. There is no way back."
      })
  private static final class Erase extends OpsStep {
    @Parameters(paramLabel = "CUSTOMER", description = "The customer's id.")
    private String customer = "";

    @Mixin private final By by = new By();

    Erase(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      CustomerId id = new CustomerId(customer);
      gatehouse.operations().erase(new EraseCustomer(id, by.actor, by.reason));
      report.done("erased " + id);
      return true;
    }
  }

  @Command(
      name = "archive",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Writes old events to a file, one in a line, and takes them out of the store.",
        "Payments, totals and what operators did stay."
      })
  private static final class Archive extends OpsStep {
    @Option(
        names = "--before",
        required = true,
        paramLabel = "TIME",
        description = "Only what was raised before, such as 2026-01-01T00:00:00Z.")
    private @Nullable Instant before;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "FILE",
        description = "A new file, or one to go on with.")
    private @Nullable Path file;

    @Mixin private final By by = new By();

    Archive(OpsReport report, Map<String, String> environment) {
      super(report, environment);
    }

    @Override
    boolean run(Gatehouse gatehouse) {
      ArchiveEvents command =
          new ArchiveEvents(Objects.requireNonNull(before), by.actor, by.reason);
      Path target = Objects.requireNonNull(file);
      try (EventFile archive = EventFile.open(target)) {
        long taken = gatehouse.operations().archive(command, archive::add);
        report.done("archived events in " + target + ": " + taken);
      }
      return true;
    }
  }
}
