package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Script;
import dev.gatehouse.testkit.conformance.TestTarget;
import dev.gatehouse.testkit.conformance.Verdict;
import dev.gatehouse.testkit.simulator.FaultKind;
import dev.gatehouse.testkit.simulator.SimulatedProvider;
import dev.gatehouse.testkit.simulator.SimulationOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The JVM in which a gateway's code runs. Asked over a loopback socket, so that whatever a gateway
 * prints or reads stays apart; answers one line for each. Ends when the one who asks does.
 */
final class Worker {
  /** Whoever asks ends this JVM before. */
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private static final Instant SOME_DAY = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CHECKING = "gatehouse-check-";
  private static final String WORKING = "gatehouse-worker";

  private final ClassLoader loader;
  private final OutputStream answers;

  private Worker(ClassLoader loader, OutputStream answers) {
    this.loader = loader;
    this.answers = answers;
  }

  /** The port, and the JARs. Who may connect is known by what stands in the standard input. */
  public static void main(String[] args) throws IOException {
    byte[] token = System.in.readAllBytes();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    socket.setTcpNoDelay(true);
    List<URL> jars = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      jars.add(Path.of(args[i]).toUri().toURL());
    }
    ClassLoader loader = new KitLoader(jars, Worker.class.getClassLoader());
    Worker worker = new Worker(loader, socket.getOutputStream());
    worker.say(List.of(new String(token, StandardCharsets.UTF_8)));
    Runtime.getRuntime().addShutdownHook(new Thread(worker::tellOfExit));
    worker.listen(
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    Runtime.getRuntime().halt(0);
  }

  private void listen(BufferedReader questions) {
    ExecutorService work =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, WORKING);
              thread.setContextClassLoader(loader);
              return thread;
            });
    try {
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        List<String> words = Line.words(line);
        if (words.get(0).equals("where")) {
          say(List.of("where", where()));
        } else {
          work.execute(() -> say(answer(words)));
        }
      }
    } catch (IOException e) {
      // Nobody is there any more.
    }
  }

  private List<String> answer(List<String> question) {
    try {
      return switch (question.get(0)) {
        case "gateway" -> Frames.cut(gateway(make(GatewayProvider.class, question.get(1))));
        case "target" -> List.of("target", gatewayOf(make(TestTarget.class, question.get(1))));
        case "opens" -> opens(question.get(1));
        case "simulate" -> SeedAnswer.run(simulation(question), Long.parseLong(question.get(2)));
        case "shrink" -> SeedAnswer.shrink(simulation(question), Long.parseLong(question.get(2)));
        default -> Frames.cut(check(question));
      };
    } catch (NotOne e) {
      return List.of("missing", String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      return List.of("broken", MissingClass.explained(Frames.of(e)));
    }
  }

  /** Whether a target can be used; what its gateway does meanwhile is for the checks to show. */
  private List<String> opens(String name) throws Exception {
    try {
      TestTarget target = make(TestTarget.class, name);
      SimulatedProvider provider =
          target.open(TestClock.at(SOME_DAY), "canary0123456789", new Random(1));
      gatewayOf(target);
      for (Script script : Script.values()) {
        there(name + ".paying(" + script + ")", target.paying(script));
      }
      there(name + ".lacks()", target.lacks());
      if (provider == null) {
        return List.of("missing", name + ".open() returned null");
      }
      if (provider.settings() == null || provider.currencies().isEmpty()) {
        return List.of("missing", name + " opens a provider without settings or currencies");
      }
      if (provider.gateway() == null) {
        return List.of("missing", name + " opens a provider without a gateway");
      }
      return List.of("opened");
    } catch (NotOne e) {
      throw e;
    } catch (Throwable e) {
      return List.of(
          isOfGateway(e) ? "broken" : "missing",
          MissingClass.explained(name + ": " + Frames.of(e)));
    }
  }

  /** Whether a gateway's own code was running. */
  private boolean isOfGateway(Throwable thrown) {
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      if (Arrays.stream(one.getStackTrace()).anyMatch(f -> isGateway(f.getClassName()))) {
        return true;
      }
    }
    return false;
  }

  private boolean isGateway(String type) {
    try {
      return GatewayProvider.class.isAssignableFrom(Class.forName(type, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String gatewayOf(TestTarget target) throws NotOne {
    return there(target.getClass().getName() + ".gateway()", target.gateway());
  }

  private static List<String> gateway(GatewayProvider provider) throws NotOne {
    String type = provider.getClass().getName();
    String id = there(type + ".id()", provider.id());
    GatewayDescription description = there(type + ".describe()", provider.describe());
    List<String> words =
        new ArrayList<>(List.of("gateway", id, description.name(), description.version()));
    description.settings().forEach(spec -> words.addAll(List.of(spec.name(), spec.kind().name())));
    return words;
  }

  private List<String> check(List<String> question) throws Exception {
    TestTarget target = make(TestTarget.class, question.get(1));
    Map<String, String> settings = new TreeMap<>();
    for (int i = 3; i < question.size(); i += 2) {
      settings.put(question.get(i), question.get(i + 1));
    }
    TestTarget configured = settings.isEmpty() ? target : new ConfiguredTarget(target, settings);
    Result result = ConformanceKit.of(configured).withTimeLimit(FOR_EVER).run(question.get(2));
    Verdict verdict = result.verdict();
    if (Thread.interrupted()) {
      // In this JVM nobody but the gateway would do that.
      return List.of("failed", "It interrupted a thread that is not its own.");
    }
    if (verdict instanceof Verdict.Failed failed) {
      return List.of("failed", MissingClass.explained(failed.message()));
    }
    if (verdict instanceof Verdict.RefusedAsDeclared refused) {
      return List.of("refused", refused.capability());
    }
    if (verdict instanceof Verdict.NotVerified unknown) {
      return List.of("unverified", unknown.reason());
    }
    return List.of("passed");
  }

  private SimulationOptions simulation(List<String> question) throws Exception {
    Set<FaultKind> faults = EnumSet.allOf(FaultKind.class);
    question.subList(3, question.size()).forEach(name -> faults.remove(FaultKind.valueOf(name)));
    return SimulationOptions.defaults()
        .withFaults(faults)
        .withProvider(make(TestTarget.class, question.get(1)));
  }

  /** What somebody else's code answers, which may be anything. */
  private static <T> T there(String call, @Nullable T answer) throws NotOne {
    if (answer == null) {
      throw new NotOne(call + " returned null");
    }
    return answer;
  }

  private <T> T make(Class<T> wanted, String name) throws Exception {
    Class<?> type = find(name);
    if (!wanted.isAssignableFrom(type)) {
      throw new NotOne(name + " is no " + wanted.getName());
    }
    try {
      return wanted.cast(type.getConstructor().newInstance());
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new NotOne(name + " has no public constructor without parameters, or is not public");
    }
  }

  /** Among what was dropped, or else on the class path that the kit was started with. */
  private Class<?> find(String name) throws NotOne {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      try {
        return Class.forName(name, false, Worker.class.getClassLoader());
      } catch (ClassNotFoundException none) {
        throw new NotOne("there is no class " + name);
      }
    }
  }

  private static String where() {
    Map<String, StackTraceElement[]> byName = new TreeMap<>();
    Thread.getAllStackTraces().forEach((thread, stack) -> byName.put(thread.getName(), stack));
    return byName.entrySet().stream()
        .filter(thread -> thread.getKey().startsWith(CHECKING))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> Optional.ofNullable(byName.get(WORKING)))
        .map(Frames::of)
        .orElse("");
  }

  private void tellOfExit() {
    say(List.of("exiting", Frames.ofExit()));
  }

  private void say(List<String> words) {
    byte[] line = (Line.of(words) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (answers) {
        answers.write(line);
        answers.flush();
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  /** A name that leads to nothing that could be used. */
  private static final class NotOne extends Exception {
    private static final long serialVersionUID = 1L;

    NotOne(String message) {
      super(message);
    }
  }
}
