package dev.gatehouse.benchmarks;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures every candidate at 1, 8 and 64 callers, over plain HTTP and TLS, in rounds: each round
 * takes every candidate once, in another order, so that what else the machine does is spread over
 * all of them. No test by its name: it runs only when asked for, as {@code docs/benchmarks.md}
 * says.
 */
class TransportMeasurement {
  private static final List<Integer> CALLERS = List.of(1, 8, 64);
  private static final int ROUNDS = Integer.getInteger("gatehouse.rounds", 3);
  private static final int SECONDS = Integer.getInteger("gatehouse.seconds", 4);
  private static final int HANG_UPS = 20;

  /** What is compared; sorted as the table is. */
  private record Setup(String scheme, int callers, Candidate candidate)
      implements Comparable<Setup> {
    @Override
    public int compareTo(Setup other) {
      int byScheme = scheme.compareTo(other.scheme);
      int byCallers = Integer.compare(callers, other.callers);
      return byScheme != 0
          ? byScheme
          : byCallers != 0 ? byCallers : candidate.compareTo(other.candidate);
    }
  }

  /** Microseconds. */
  private record Figures(double cpu, double median, double p99) {}

  @TempDir private Path folder;

  private final Map<Setup, List<Figures>> measured = new TreeMap<>();

  @Test
  void every_candidate_side_by_side() throws Exception {
    double loadBefore = load();
    try (ServerProcess server = ServerProcess.start(folder, LoopbackServer.class)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Candidate> order = new ArrayList<>(List.of(Candidate.values()));
        Collections.rotate(order, round);
        for (String scheme : List.of("http", "https")) {
          for (int callers : CALLERS) {
            for (Candidate candidate : order) {
              Setup setup = new Setup(scheme, callers, candidate);
              measured.computeIfAbsent(setup, s -> new ArrayList<>()).add(measure(setup, server));
            }
          }
        }
      }
      String report = conditions(loadBefore) + "\n" + table() + "\n" + hangUps(server);
      System.out.println(report);
      if (System.getProperty("gatehouse.docs", "").equals("write")) {
        Page.BENCHMARKS.write("transport-figures", report);
      }
    }
  }

  private static Figures measure(Setup setup, ServerProcess server) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(TransportBenchmark.class.getName() + ".call")
            .param("candidate", setup.candidate().name())
            .param("server", server.uri(setup.scheme(), "/v1/payment_intents"))
            .threads(setup.callers())
            .forks(1)
            .jvmArgsAppend(server.trusted())
            .warmupIterations(1)
            .warmupTime(TimeValue.seconds(SECONDS))
            .measurementIterations(2)
            .measurementTime(TimeValue.seconds(Math.max(1, SECONDS / 2)))
            .addProfiler(CpuProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult run = new Runner(options).runSingle();
    Result<?> time = run.getPrimaryResult();
    return new Figures(
        run.getSecondaryResults().get(CpuProfiler.LABEL).getScore(),
        time.getStatistics().getPercentile(50),
        time.getStatistics().getPercentile(99));
  }

  private static String conditions(double loadBefore) {
    return String.format(
        Locale.ROOT,
        "%s %s, %d processors, load average %.1f before and %.1f after; %d rounds of %d s after %d s"
            + " of warming up, each in a JVM of its own.\n",
        System.getProperty("java.vm.name"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load(),
        ROUNDS,
        2 * Math.max(1, SECONDS / 2),
        SECONDS);
  }

  private String table() {
    StringBuilder table =
        new StringBuilder("| | Callers | Client | CPU per call, µs | p50, µs | p99, µs |\n");
    table.append("|---|---:|---|---:|---:|---:|\n");
    measured.forEach(
        (setup, figures) ->
            table.append(
                String.format(
                    "| %s | %d | %s | %s | %s | %s |\n",
                    setup.scheme(),
                    setup.callers(),
                    setup.candidate().client(),
                    spread(figures, Figures::cpu),
                    spread(figures, Figures::median),
                    spread(figures, Figures::p99))));
    return table.toString();
  }

  /** The median of the rounds, with the lowest and the highest. */
  private static String spread(List<Figures> figures, ToDoubleFunction<Figures> what) {
    List<Long> sorted =
        figures.stream().map(f -> Math.round(what.applyAsDouble(f))).sorted().toList();
    return sorted.get(sorted.size() / 2)
        + " ("
        + sorted.get(0)
        + "–"
        + sorted.get(sorted.size() - 1)
        + ")";
  }

  /** How often each candidate sends into a connection that the server closed a while ago. */
  private static String hangUps(ServerProcess server) throws InterruptedException {
    StringBuilder table =
        new StringBuilder(
            "| Client | lost on connections that the server had closed |\n|---|---:|\n");
    for (Candidate candidate : Candidate.values()) {
      int lost = 0;
      try (HttpTransport transport = candidate.open(HttpOptions.defaults())) {
        for (int i = 0; i < HANG_UPS; i++) {
          try {
            transport.send(
                TransportBenchmark.charge(server.uri("http", "/hang-up")), Duration.ofSeconds(30));
          } catch (TransportException.Unknown e) {
            lost++;
          }
          TimeUnit.MILLISECONDS.sleep(300);
        }
      }
      table.append("| ").append(candidate.client()).append(" | ");
      table.append(lost).append(" of ").append(HANG_UPS).append(" |\n");
    }
    return table.toString();
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
