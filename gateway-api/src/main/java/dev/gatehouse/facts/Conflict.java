package dev.gatehouse.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One fact of which contradicting values were seen. It is shown to a person, never guessed away.
 *
 * @param fact where it is, such as {@code movements[re_1].amount}
 * @param values what was seen, as text, sorted
 */
public record Conflict(String fact, List<String> values) {

  /** Copies the values. */
  public Conflict {
    values = List.copyOf(values);
  }

  private static final List<String> HARMLESS =
      List.of(
          ".decline",
          ".storedMethod",
          ".action",
          ".reason",
          ".status",
          ".settled",
          ".supersededBy",
          // A gateway may tell the same account by another name, as when an app of it is replaced.
          "].account");

  /** Every conflict in the facts, in a stable order. */
  public static List<Conflict> in(PaymentFacts facts) {
    Found found = new Found();
    found.flat("reference", facts.reference());
    found.flat("account", facts.account());
    found.flat("mode", facts.mode());
    found.flat("currency", facts.currency());
    facts.attempts().forEach(found::attempt);
    facts.authorizations().forEach(found::authorization);
    facts.movements().forEach(found::movement);
    facts.disputes().forEach(found::dispute);
    facts.credentials().forEach(found::credential);
    facts.sends().forEach((id, send) -> found.chain("sends", id, "", send));
    return found.conflicts;
  }

  /** Whether it is about money, or about whose it is; not about wording or what comes next. */
  public boolean isGrave() {
    return HARMLESS.stream().noneMatch(fact::endsWith);
  }

  private static final class Found {
    private final List<Conflict> conflicts = new ArrayList<>();

    void attempt(String id, Attempt attempt) {
      chain("attempts", id, ".step", attempt.step());
      flat("attempts", id, ".amount", attempt.amount());
      flat("attempts", id, ".decline", attempt.decline());
      flat("attempts", id, ".operation", attempt.operation());
      flat("attempts", id, ".storedMethod", attempt.storedMethod());
      register("attempts", id, ".action", attempt.action());
      flat("attempts", id, ".supersededBy", attempt.supersededBy());
    }

    void authorization(String id, Authorization authorization) {
      register("authorizations", id, ".terms", authorization.terms());
      flat("authorizations", id, ".amount", authorization.amount());
      flat("authorizations", id, ".end", authorization.end());
      flat("authorizations", id, ".supersededBy", authorization.supersededBy());
      flat("authorizations", id, ".operation", authorization.operation());
    }

    void movement(String id, Movement movement) {
      flat("movements", id, ".kind", movement.kind());
      chain("movements", id, ".step", movement.step());
      flat("movements", id, ".amount", movement.amount());
      flat("movements", id, ".charge", movement.charge());
      flat("movements", id, ".parent", movement.parent());
      flat("movements", id, ".operation", movement.operation());
      flat("movements", id, ".settled", movement.settled());
    }

    void dispute(String id, Dispute dispute) {
      register("disputes", id, ".status", dispute.status());
      flat("disputes", id, ".amount", dispute.amount());
      flat("disputes", id, ".charge", dispute.charge());
      flat("disputes", id, ".reason", dispute.reason());
    }

    void credential(String id, Credential credential) {
      flat("credentials", id, ".owner", credential.owner());
      flat("credentials", id, ".account", credential.account());
    }

    void flat(String path, Flat<?> fact) {
      if (fact.isConflict()) {
        add(path, fact.values());
      }
    }

    private void flat(String list, String id, String part, Flat<?> fact) {
      if (fact.isConflict()) {
        add(path(list, id, part), fact.values());
      }
    }

    void chain(String list, String id, String part, Chain<?> fact) {
      if (fact.isConflict()) {
        add(path(list, id, part), fact.latest());
      }
    }

    private void register(String list, String id, String part, Register<?> fact) {
      if (fact.isConflict()) {
        add(path(list, id, part), fact.values());
      }
    }

    private static String path(String list, String id, String part) {
      return list + "[" + id + "]" + part;
    }

    private void add(String path, Collection<?> values) {
      conflicts.add(new Conflict(path, values.stream().map(String::valueOf).sorted().toList()));
    }
  }
}
