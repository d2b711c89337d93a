package dev.gatehouse.benchmarks;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.testkit.HttpTransportContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contract of transports for a candidate, promise by promise. */
final class Promises implements TestExecutionListener {
  private static final Map<Candidate, Class<? extends HttpTransportContract>> CONTRACTS =
      Map.of(
          Candidate.JDK, JdkContract.class,
          Candidate.APACHE, ApacheContract.class,
          Candidate.OKHTTP, OkHttpContract.class,
          Candidate.URL_CONNECTION, UrlConnectionContract.class);

  private final SortedSet<String> tried = new TreeSet<>();
  private final Map<String, List<String>> broken = new TreeMap<>();

  /** What one candidate did: every promise that was tried, and the broken ones with their tests. */
  record Outcome(SortedSet<String> tried, Map<String, List<String>> broken) {}

  static Outcome of(Candidate candidate) {
    Promises seen = new Promises();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(CONTRACTS.get(candidate)))
                .build(),
            seen);
    return new Outcome(seen.tried, seen.broken);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    for (TestTag promise : test.getTags()) {
      tried.add(promise.getName());
      if (result.getStatus() != Status.SUCCESSFUL) {
        broken
            .computeIfAbsent(promise.getName(), name -> new ArrayList<>())
            .add(test.getLegacyReportingName() + ": " + result.getThrowable());
      }
    }
  }

  static final class JdkContract extends HttpTransportContract {
    @Override
    protected HttpTransport open(HttpOptions options) {
      return Candidate.JDK.open(options);
    }
  }

  static final class ApacheContract extends HttpTransportContract {
    @Override
    protected HttpTransport open(HttpOptions options) {
      return Candidate.APACHE.open(options);
    }
  }

  static final class OkHttpContract extends HttpTransportContract {
    @Override
    protected HttpTransport open(HttpOptions options) {
      return Candidate.OKHTTP.open(options);
    }
  }

  static final class UrlConnectionContract extends HttpTransportContract {
    @Override
    protected HttpTransport open(HttpOptions options) {
      return Candidate.URL_CONNECTION.open(options);
    }
  }
}
