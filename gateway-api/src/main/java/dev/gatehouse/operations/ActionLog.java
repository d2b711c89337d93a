package dev.gatehouse.operations;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.StaleVersionException;
import dev.gatehouse.store.Store;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what people do: that they are about to, before anything is done, and then what came of it.
 * So nothing is done that is not in the log, whatever dies in between. Thread-safe.
 */
final class ActionLog {
  private static final Logger LOG = LoggerFactory.getLogger(ActionLog.class);
  private static final String FAILED = "failed, may be done or done in part: ";
  private static final Pattern ADDRESS = Pattern.compile("\\S@\\S");

  private final Store store;
  private final Clock clock;

  ActionLog(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What a person is about to do. */
  record Entry(String actor, String what, String subject, String detail, String reason) {}

  /**
   * Does it.
   *
   * @param outcome what came of it, as a line without personal data
   */
  <T> T during(Entry entry, Supplier<T> work, Function<T, String> outcome) {
    if (ADDRESS.matcher(entry.reason).find()) {
      throw new InvalidInputException(
          new Problem(
              "reason",
              "action.e-mail",
              "holds an e-mail address, which would stay for ever",
              "name customers by their ids"));
    }
    Action begun =
        store.begin(
            Action.beginning(
                clock.instant(),
                entry.actor,
                entry.what,
                entry.subject,
                entry.detail,
                entry.reason));
    T result;
    try {
      result = work.get();
    } catch (GatehouseException e) {
      String code = e.problems().get(0).code();
      end(begun.ended((isRefused(e) ? "refused: " : FAILED) + code));
      throw e;
    } catch (RuntimeException | Error e) {
      Faults.rethrowIfTheMachineIsDying(e);
      end(begun.ended(FAILED + e.getClass().getSimpleName()));
      throw e;
    }
    end(begun.ended(outcome.apply(result)));
    return result;
  }

  /**
   * Whether nothing was done, for sure. A store that fails may have kept what it was asked to, or a
   * part: many deeds are more than one commit.
   */
  private static boolean isRefused(GatehouseException e) {
    return switch (e.category()) {
      case VALIDATION, CONFIGURATION, UNSUPPORTED, NOT_FOUND, IDEMPOTENCY_CONFLICT -> true;
      case INVALID_STATE -> !(e instanceof StaleVersionException);
      default -> false;
    };
  }

  /** What was done is done, though the log can't say so. */
  private void end(Action action) {
    try {
      store.end(action);
    } catch (RuntimeException e) {
      LOG.warn(
          "action {} is over ({}), which could not be kept: {}",
          action.number(),
          action.outcome().orElse(""),
          Faults.describe(e));
    }
  }
}
