package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Group;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the catalogue's checks are asked for. */
final class Selection {
  private Selection() {}

  /**
   * Those of these groups and with these ids; all, if none is named.
   *
   * @throws InvalidInputException for each group or check that is not known, and for groups that
   *     have none yet
   */
  static List<Check> of(List<String> groups, List<String> ids) {
    List<Check> all = ConformanceKit.catalogue();
    if (groups.isEmpty() && ids.isEmpty()) {
      return all;
    }
    List<Problem> problems = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>();
    for (String group : groups) {
      List<String> ofGroup =
          all.stream()
              .filter(check -> key(check.group()).equals(key(group)))
              .map(Check::id)
              .toList();
      if (ofGroup.isEmpty()) {
        problems.add(noGroup(group, all));
      }
      wanted.addAll(ofGroup);
    }
    for (String id : ids) {
      String upper = id.toUpperCase(Locale.ROOT);
      if (all.stream().noneMatch(check -> check.id().equals(upper))) {
        problems.add(noCheck("--check", id));
      }
      wanted.add(upper);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return all.stream().filter(check -> wanted.contains(check.id())).toList();
  }

  /** The check with this id. */
  static Check check(String id) {
    return ConformanceKit.catalogue().stream()
        .filter(check -> check.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(() -> new InvalidInputException(noCheck("ID", id)));
  }

  private static Problem noGroup(String group, List<Check> all) {
    String known =
        all.stream().map(check -> key(check.group())).distinct().collect(Collectors.joining(", "));
    boolean empty = List.of(Group.values()).stream().anyMatch(g -> key(g).equals(key(group)));
    return new Problem(
        "--group",
        "group.unknown",
        empty ? "the group '" + group + "' has no checks" : "there is no group '" + group + "'",
        "take one of " + known);
  }

  private static Problem noCheck(String field, String id) {
    return new Problem(
        field,
        "check.unknown",
        "there is no check '" + id + "'",
        "take one of those that the command 'checks' lists");
  }

  /** A group as one types it. */
  static String key(Group group) {
    return key(group.name());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }
}
