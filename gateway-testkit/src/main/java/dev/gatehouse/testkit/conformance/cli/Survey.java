package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.testkit.conformance.TestTarget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The gateways and targets that there are: in JARs, and on the class path of the kit.
 *
 * @param gateways the gateways
 * @param targets the targets
 */
record Survey(List<Found> gateways, List<Found> targets) {
  private static final String CLASS_PATH = "the kit's class path";
  private static final int MOST_ERRORS = 100;
  private static final String SERVICE = "META-INF/services/";

  /** Asks each of them in a worker: whatever they do, they are told of. */
  static Survey of(List<Jar> jars, Workers workers) {
    List<Found> gateways = new ArrayList<>();
    List<Found> targets = new ArrayList<>();
    for (Jar jar : jars) {
      jar.gateways().forEach(type -> gateways.add(ask(workers, "gateway", type, jar.name(), true)));
      jar.targets().forEach(type -> targets.add(ask(workers, "target", type, jar.name(), true)));
    }
    onClassPath(GatewayProvider.class, gateways)
        .forEach(type -> gateways.add(ask(workers, "gateway", type, CLASS_PATH, false)));
    onClassPath(TestTarget.class, targets)
        .forEach(type -> targets.add(ask(workers, "target", type, CLASS_PATH, false)));
    return new Survey(List.copyOf(gateways), List.copyOf(targets));
  }

  /**
   * The names alone: none of them is made here. What was dropped as well, such as the testkit among
   * a gateway's libraries, is one and the same.
   */
  private static List<String> onClassPath(Class<?> service, List<Found> dropped) {
    Set<String> known = dropped.stream().map(Found::type).collect(Collectors.toSet());
    List<String> names = new ArrayList<>();
    Iterator<? extends ServiceLoader.Provider<?>> found =
        ServiceLoader.load(service, Survey.class.getClassLoader()).stream().iterator();
    for (int errors = 0; errors < MOST_ERRORS; ) {
      try {
        if (!found.hasNext()) {
          break;
        }
        String name = found.next().type().getName();
        if (!known.contains(name)) {
          names.add(name);
        }
      } catch (ServiceConfigurationError e) {
        // A broken neighbour hides nobody; it is not what was dropped.
        errors++;
      }
    }
    return names;
  }

  private static Found ask(
      Workers workers, String kind, String type, String source, boolean dropped) {
    Answer answer = workers.ask(List.of(kind, type));
    if (answer instanceof Answer.Lost lost) {
      return Found.broken(type, source, dropped, lost.how());
    }
    List<String> words = ((Answer.Said) answer).words();
    if (!words.get(0).equals(kind)) {
      return Found.broken(type, source, dropped, words.get(1));
    }
    boolean gateway = kind.equals("gateway");
    TreeMap<String, String> settings = new TreeMap<>();
    for (int i = 4; i + 1 < words.size(); i += 2) {
      settings.put(words.get(i), words.get(i + 1));
    }
    return new Found(
        type,
        source,
        dropped,
        Optional.of(words.get(1)),
        gateway ? words.get(2) : "",
        gateway ? words.get(3) : "",
        settings,
        "");
  }

  /** Whether any of these JARs announces anything. */
  boolean hasDropped() {
    return gateways.stream().anyMatch(Found::dropped) || targets.stream().anyMatch(Found::dropped);
  }

  static InvalidInputException nothingDropped(List<Jar> jars) {
    String names = jars.stream().map(Jar::name).collect(Collectors.joining(", "));
    return new InvalidInputException(
        new Problem(
            "--jar",
            "jar.no-gateway",
            "there is no gateway in " + names,
            "name its class in " + SERVICE + GatewayProvider.class.getName() + " of its JAR"));
  }

  /**
   * The gateway of this id; empty if it can't be asked, though a target is there to show that.
   *
   * @param named whether somebody named a target for it
   * @throws InvalidInputException if there are several, or none
   */
  Optional<Found> gateway(String id, boolean named) {
    List<Found> matching = gateways.stream().filter(found -> found.isOf(id)).toList();
    if (matching.size() > 1) {
      throw new InvalidInputException(ambiguous(id, matching));
    }
    boolean mayBe =
        named
            || targets.stream().anyMatch(found -> found.isOf(id))
            || gateways.stream().anyMatch(found -> found.dropped() && found.isBroken());
    if (matching.isEmpty() && !mayBe) {
      throw new InvalidInputException(
          new Problem(
              "--gateway",
              "gateway.unknown",
              "there is no gateway '" + id + "'" + fallen(),
              "take one of those that are found: " + ids()));
    }
    return matching.stream().findFirst();
  }

  private static Problem ambiguous(String id, List<Found> matching) {
    return new Problem(
        "--gateway",
        "gateway.ambiguous",
        "several gateways have the id '" + id + "': " + list(matching),
        "name the JAR of one of them only, or give one another id");
  }

  /** For each id that several gateways have. */
  List<Problem> ambiguities() {
    Map<String, List<Found>> byId = new TreeMap<>();
    for (Found gateway : gateways) {
      gateway.id().ifPresent(id -> byId.computeIfAbsent(id, one -> new ArrayList<>()).add(gateway));
    }
    return byId.entrySet().stream()
        .filter(same -> same.getValue().size() > 1)
        .map(same -> ambiguous(same.getKey(), same.getValue()))
        .toList();
  }

  /** Those of which nobody knows the id, as they could not be asked. */
  private String fallen() {
    return gateways.stream()
        .filter(found -> found.dropped() && found.isBroken())
        .map(found -> "; " + found.words() + " could not be asked: " + found.firstOfTrouble())
        .collect(Collectors.joining());
  }

  private String ids() {
    return gateways.stream()
        .flatMap(found -> found.id().stream())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /**
   * The class of the target for this gateway. One that can't be asked, as its gateway falls over
   * when it is made, is taken if there is no other: its checks show what happens.
   *
   * @throws InvalidInputException if there is none, or several
   */
  String target(String id) {
    List<Found> matching = targets.stream().filter(found -> found.isOf(id)).toList();
    if (matching.isEmpty()) {
      matching = targets.stream().filter(found -> found.dropped() && found.isBroken()).toList();
    }
    if (matching.size() == 1) {
      return matching.get(0).type();
    }
    String how = "name its class with --target";
    if (matching.isEmpty()) {
      throw new InvalidInputException(
          new Problem(
              "--target",
              "target.none",
              "there is no target for the gateway '" + id + "'" + fallen(),
              "write a "
                  + TestTarget.class.getName()
                  + ", drop its JAR with --jar, and name it there in "
                  + SERVICE
                  + TestTarget.class.getName()
                  + ", or "
                  + how));
    }
    throw new InvalidInputException(
        new Problem(
            "--target",
            "target.ambiguous",
            "several targets are for the gateway '" + id + "': " + list(matching),
            how));
  }

  /** Refuses a target that is named and can't be one. */
  static void demandTarget(String type, String gateway, Workers workers) {
    if (!(workers.ask(List.of("target", type)) instanceof Answer.Said said)) {
      return;
    }
    String told = said.words().get(1);
    if (said.kind().equals("missing")) {
      throw new NotFoundException(
          new Problem(
              "--target",
              "target.unusable",
              told,
              "name a public class of the dropped JARs that implements "
                  + TestTarget.class.getSimpleName()
                  + " and has a public constructor without parameters"));
    }
    if (said.kind().equals("target") && !told.equals(gateway)) {
      throw new InvalidInputException(
          new Problem(
              "--target",
              "target.other-gateway",
              type + " is for the gateway '" + told + "', not for '" + gateway + "'",
              "name the target of this gateway, or run that gateway"));
    }
  }

  /** Refuses a target that can't be used, so that its gateway is not blamed for it. */
  static void demandUsable(String type, Workers workers) {
    troubleOfTarget(type, workers.ask(List.of("opens", type)))
        .ifPresent(
            trouble -> {
              throw new InvalidInputException(
                  new Problem(
                      "--target",
                      "target.broken",
                      "the target can't be used: " + trouble,
                      "mend the target, and try again: nothing was found out about the gateway"));
            });
  }

  private static Optional<String> troubleOfTarget(String type, Answer answer) {
    if (answer instanceof Answer.Lost lost) {
      return Optional.of(lost.how()).filter(how -> Frames.isFirstOf(type, how));
    }
    Answer.Said said = (Answer.Said) answer;
    return Optional.of(said.words().get(said.words().size() - 1))
        .filter(told -> said.kind().equals("missing"));
  }

  private static String list(List<Found> found) {
    return found.stream().map(Found::words).collect(Collectors.joining(" and "));
  }
}
