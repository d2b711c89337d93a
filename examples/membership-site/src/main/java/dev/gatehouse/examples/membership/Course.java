package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far the tours on a store have come: which one this is, whether it was begun by a process that
 * died, and what was told then. Not thread-safe.
 */
final class Course {
  static final String TOUR = "tour";

  private static final String START = "start";
  private static final String TOLD = "told";
  private static final String PASSING = "passing";
  private static final String TIME = "time";
  private static final String VISITED = "visited";
  private static final String OVER = "over";

  private final Logbook log;
  private final Set<CustomerId> visited = new HashSet<>();
  private final Map<CustomerId, List<Told>> told = new HashMap<>();
  private final Map<String, Instant> passing = new HashMap<>();
  private int number;
  private int starts;
  private boolean over = true;
  private String list = "";

  /**
   * What was told of a customer.
   *
   * @param at when
   * @param events how many events of the customer were told before
   * @param what what was done
   */
  record Told(Instant at, int events, String what) {}

  private Course(Logbook log) {
    this.log = log;
  }

  /**
   * Goes on with the tour that was ended half-way, if there is one of the same list; else begins
   * the next one.
   *
   * @throws ConfigurationException if the logbook is not that of these records
   */
  static Course of(Logbook log, List<Signup> signups, Store store) {
    Course course = new Course(log);
    log.past().forEach(course::take);
    lastTime(log.past()).ifPresent(log.clock()::set);
    Stream<CustomerId> there =
        course.number == 0 ? signups.stream().map(Signup::customer) : course.visited.stream();
    boolean known = course.number > 0;
    if (there.anyMatch(customer -> store.customer(customer).isPresent() != known)) {
      throw new ConfigurationException(
          new Problem(
              "--store",
              "tour.other-records",
              "has the records of a tour, and the file beside it that ends in .outside has what the"
                  + " provider did; one of the two is not the other's, or is gone",
              "remove both, or use another store"));
    }
    String wanted = digest(signups);
    if (course.over || !course.list.equals(wanted)) {
      course.begin(wanted);
    }
    course.starts++;
    log.add(START, Json.object());
    return course;
  }

  private void begin(String wanted) {
    ObjectNode line = Json.object().put("number", number + 1).put("list", wanted);
    log.add(TOUR, line);
    take(line.put("what", TOUR));
  }

  private void take(JsonNode line) {
    CustomerId customer = new CustomerId(line.path("customer").asString("nobody"));
    switch (line.path("what").asString()) {
      case TOUR -> {
        number = line.path("number").asInt();
        list = line.path("list").asString();
        over = false;
        starts = 0;
        visited.clear();
        told.clear();
        passing.clear();
      }
      case START -> starts++;
      case TOLD ->
          told.computeIfAbsent(customer, c -> new ArrayList<>())
              .add(
                  new Told(
                      Logbook.at(line), line.path("events").asInt(), line.path("text").asString()));
      case PASSING ->
          passing.put(
              customer + " " + line.path("turn").asInt(),
              Instant.parse(line.path("until").asString()));
      case VISITED -> visited.add(customer);
      case OVER -> over = true;
      default -> {
        // Of the world outside.
      }
    }
  }

  private static String digest(List<Signup> signups) {
    String all =
        signups.stream()
            .map(
                s ->
                    String.join(
                        "\t",
                        s.customer().value(),
                        s.name(),
                        s.plan().toString(),
                        s.gateway().value(),
                        s.scenario().word()))
            .collect(Collectors.joining("\n"));
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The last time that the shop may have seen. */
  static Optional<Instant> lastTime(List<JsonNode> past) {
    return past.stream()
        .flatMap(
            line ->
                Stream.of(line.path("at"), line.path("until"))
                    .filter(time -> !time.isMissingNode()))
        .map(time -> Instant.parse(time.asString()))
        .max(Instant::compareTo);
  }

  /** Which tour on this store it is, from 1. */
  int number() {
    return number;
  }

  /** How many processes have worked on this tour, this one included. */
  int starts() {
    return starts;
  }

  /** Whether a process that died had begun it. */
  boolean goesOn() {
    return starts > 1;
  }

  /** How many customers' visits are over. */
  int visits() {
    return visited.size();
  }

  /** Whether a customer's visit is over. */
  boolean isVisited(CustomerId customer) {
    return visited.contains(customer);
  }

  /** What was told of a customer by processes that died. */
  List<Told> told(CustomerId customer) {
    return List.copyOf(told.getOrDefault(customer, List.of()));
  }

  /** Something is told of a customer. */
  void tell(CustomerId customer, int events, String what) {
    log.add(
        TOLD,
        Json.object().put("customer", customer.value()).put("events", events).put("text", what));
  }

  /** Until when a customer's visit waits at a turn: as said at first. */
  Instant until(CustomerId customer, int turn, Instant wanted) {
    Instant known = passing.get(customer + " " + turn);
    if (known != null) {
      return known;
    }
    log.add(
        PASSING,
        Json.object()
            .put("customer", customer.value())
            .put("turn", turn)
            .put("until", wanted.toString()));
    return wanted;
  }

  /** Time will pass up to there. */
  void timeWillBe(Instant until) {
    log.add(TIME, Json.object().put("until", until.toString()));
  }

  /** A customer's visit is over. */
  void visited(CustomerId customer) {
    log.add(VISITED, Json.object().put("customer", customer.value()));
  }

  /** The tour is over: the next one is another. */
  void over() {
    log.add(OVER, Json.object());
  }
}
