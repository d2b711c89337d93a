package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.stripe.StripeEmulator;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what a card payment at Stripe costs beside Stripe's own SDK, against a Stripe on
 * loopback in a JVM of its own. Each round takes every contender once, each time beginning with
 * another. No test by its name: it runs only when asked for, as {@code docs/performance.md} says.
 */
class StripeMeasurement {
  private static final int ROUNDS = Integer.getInteger("gatehouse.rounds", 9);
  private static final int WARM_UPS = Integer.getInteger("gatehouse.warmups", 20);
  private static final int PAYMENTS = Integer.getInteger("gatehouse.payments", 3_000);
  private static final String SCHEME = System.getProperty("gatehouse.scheme", "https");
  private static final List<Integer> CALLERS = List.of(1, 8);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
  private static final Duration A_WHILE = Duration.ofMillis(20);
  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final String PEER = "stripe-java, as it comes";
  private static final String SAME = "stripe-java on the framework's transport";

  @TempDir private Path folder;

  private final StringBuilder table =
      new StringBuilder(
          "| Callers | What pays | Payments per second | p50, µs | p99, µs | CPU of the caller, p50, µs | p50 over "
              + "the SDK on the same transport, µs | Payments, of the SDK's as it comes |\n"
              + "|---:|---|---:|---:|---:|---:|---:|---:|\n");

  private record Figures(double rate, double p50, double p99, double cpu) {}

  @Test
  void payments_side_by_side() throws Exception {
    // What the SDK says of its users is no part of a payment.
    Stripe.enableTelemetry = false;
    ServerProcess stripe = ServerProcess.start(folder, StripeLoopback.class, answer().toString());
    stripe.trustHere();
    double before = load();
    try (stripe;
        HttpTransport http = HttpTransport.create(HttpOptions.defaults())) {
      URI server = URI.create(stripe.uri(SCHEME, ""));
      Map<String, StripeContenders.Contender> all = new LinkedHashMap<>();
      all.put(PEER, StripeContenders.sdkAlone(server));
      all.put(SAME, StripeContenders.sdkOn(http, server));
      all.put("the gateway", StripeContenders.gateway(http, server));
      all.put("the whole engine, in memory", StripeContenders.engine(http, server));
      for (int callers : CALLERS) {
        measure(callers, all);
      }
    }
    String report =
        String.format(
            Locale.ROOT,
            "%s %s, %d processors, load average %.1f before and %.1f after; %d rounds of %d"
                + " payments.\n\n%s",
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"),
            Runtime.getRuntime().availableProcessors(),
            before,
            load(),
            ROUNDS,
            PAYMENTS,
            table);
    System.out.println(report);
    if (System.getProperty("gatehouse.docs", "").equals("write")) {
      Page.PERFORMANCE.write("stripe-payments", report);
    }
  }

  /** The emulator's, of one payment, with the parts marked that differ. */
  private Path answer() throws IOException {
    StripeEmulator stripe = new StripeEmulator(Clock.systemUTC());
    String answer =
        stripe
            .handle(
                new HttpRequest(
                    "POST",
                    URI.create("https://stripe.test/v1/payment_intents"),
                    HttpHeaders.none().with("authorization", "Bearer sk_test_main"),
                    ("amount=9000&currency=eur&confirm=true&payment_method="
                            + StripeContenders.CARD
                            + "&metadata[gatehouse_reference]=@REFERENCE@"
                            + "&metadata[gatehouse_operation]=@OPERATION@"
                            + "&description=A+year&expand[]=latest_charge")
                        .getBytes(UTF_8)))
            .bodyAsUtf8()
            .replaceAll("(pi|ch|txn|pm)_1\\b", "$1_@NUMBER@");
    assertThat(answer).contains("pi_@NUMBER@", "ch_@NUMBER@", "@REFERENCE@", "@OPERATION@");
    return Files.writeString(folder.resolve("answer.json"), answer);
  }

  private void measure(int callers, Map<String, StripeContenders.Contender> all) throws Exception {
    Map<String, List<Figures>> measured = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(all.keySet());
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      List<String> order = new ArrayList<>(names);
      Collections.rotate(order, round);
      for (String name : order) {
        List<Runnable> payments = all.get(name).payments(PAYMENTS);
        letCompilerFinish();
        Figures figures = run(payments, callers);
        if (round >= 0) {
          measured.computeIfAbsent(name, n -> new ArrayList<>()).add(figures);
        }
      }
    }
    names.forEach(name -> row(callers, name, measured));
  }

  /**
   * A caller on each processor leaves the compiler none, and it lags behind by hundreds of
   * thousands of payments; a process that has lived for a day has no such debt.
   */
  private static void letCompilerFinish() {
    long end = System.nanoTime() + AT_MOST.toNanos();
    long done = COMPILER.getTotalCompilationTime();
    for (int quiet = 0; quiet < 5 && System.nanoTime() < end; quiet++) {
      LockSupport.parkNanos(A_WHILE.toNanos());
      long now = COMPILER.getTotalCompilationTime();
      if (now > done) {
        quiet = -1;
      }
      done = now;
    }
  }

  private static Figures run(List<Runnable> payments, int callers) throws Exception {
    long[] took = new long[payments.size()];
    long[] cpu = new long[payments.size()];
    AtomicInteger next = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      running.add(
          pool.submit(
              () -> {
                begin.await();
                for (int n = next.getAndIncrement(); n < took.length; n = next.getAndIncrement()) {
                  long used = THREADS.getCurrentThreadCpuTime();
                  long start = System.nanoTime();
                  payments.get(n).run();
                  took[n] = System.nanoTime() - start;
                  cpu[n] = THREADS.getCurrentThreadCpuTime() - used;
                }
                return true;
              }));
    }
    long start = System.nanoTime();
    begin.countDown();
    for (Future<?> one : running) {
      one.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    pool.shutdown();
    Arrays.sort(took);
    Arrays.sort(cpu);
    return new Figures(
        took.length / seconds,
        took[took.length / 2] / 1e3,
        took[took.length * 99 / 100] / 1e3,
        cpu[cpu.length / 2] / 1e3);
  }

  private void row(int callers, String name, Map<String, List<Figures>> measured) {
    List<Figures> mine = measured.get(name);
    List<Double> over = new ArrayList<>();
    List<Double> ratio = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      over.add(mine.get(i).p50() - measured.get(SAME).get(i).p50());
      ratio.add(mine.get(i).rate() / measured.get(PEER).get(i).rate());
    }
    String row =
        String.format(
            Locale.ROOT,
            "| %d | %s | %s | %s | %s | %s | %s | %s |\n",
            callers,
            name,
            spread(mine.stream().map(Figures::rate).toList(), "%.0f"),
            spread(mine.stream().map(Figures::p50).toList(), "%.0f"),
            spread(mine.stream().map(Figures::p99).toList(), "%.0f"),
            spread(mine.stream().map(Figures::cpu).toList(), "%.0f"),
            spread(over, "%.0f"),
            spread(ratio, "%.2f"));
    System.out.print(row);
    table.append(row);
  }

  /** The median of the rounds, with the lowest and the highest. */
  private static String spread(List<Double> values, String format) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        sorted.get(sorted.size() / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
