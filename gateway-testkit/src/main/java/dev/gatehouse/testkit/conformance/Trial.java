package dev.gatehouse.testkit.conformance;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One check, held on a thread of its own that is left alone if it never ends. */
final class Trial {
  private Trial() {}

  /** What holding a check came to; what is thrown says that it does not hold, or can't be told. */
  static Result of(Check check, Duration limit, Callable<Verdict> holding) {
    long begin = System.nanoTime();
    Verdict verdict;
    try {
      verdict = inTime(check.id(), limit, () -> verdict(holding));
    } catch (TimeoutException e) {
      verdict = new Verdict.Failed("It did not come to an end within " + limit + ".");
    } catch (ExecutionException e) {
      verdict = new Verdict.Failed(Words.of(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      verdict = new Verdict.NotVerified("The run was interrupted.");
    }
    return new Result(check, verdict, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** On a thread of its own, which is interrupted when the time is over. */
  static <T> T inTime(String name, Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "gatehouse-check-" + name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw e;
    }
  }

  private static Verdict verdict(Callable<Verdict> holding) {
    try {
      return holding.call();
    } catch (Lack.Lacking e) {
      return e.verdict();
    } catch (NotVerifiable e) {
      return new Verdict.NotVerified(String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      Words.rethrowIfDying(e);
      return new Verdict.Failed(Words.of(e));
    }
  }
}
