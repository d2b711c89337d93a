package dev.gatehouse.facts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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
    found.flat("reference", "", facts.reference());
    found.flat("account", "", facts.account());
    found.flat("mode", "", facts.mode());
    found.flat("currency", "", facts.currency());
    facts.attempts().forEach((id, attempt) -> found.attempt("attempts[" + id + "]", attempt));
    facts.authorizations().forEach((id, a) -> found.authorization("authorizations[" + id + "]", a));
    facts.movements().forEach((id, movement) -> found.movement("movements[" + id + "]", movement));
    facts.disputes().forEach((id, dispute) -> found.dispute("disputes[" + id + "]", dispute));
    facts
        .credentials()
        .forEach((id, credential) -> found.credential("credentials[" + id + "]", credential));
    for (Map.Entry<String, Chain<SendStep>> send : facts.sends().entrySet()) {
      found.chain("sends[" + send.getKey() + "]", "", send.getValue());
    }
    return found.conflicts;
  }

  /** Whether it is about money, or about whose it is; not about wording or what comes next. */
  public boolean isGrave() {
    return HARMLESS.stream().noneMatch(fact::endsWith);
  }

  private static final class Found {
    private final List<Conflict> conflicts = new ArrayList<>();

    void attempt(String path, Attempt attempt) {
      chain(path, ".step", attempt.step());
      flat(path, ".amount", attempt.amount());
      flat(path, ".decline", attempt.decline());
      flat(path, ".operation", attempt.operation());
      flat(path, ".storedMethod", attempt.storedMethod());
      register(path, ".action", attempt.action());
      flat(path, ".supersededBy", attempt.supersededBy());
    }

    void authorization(String path, Authorization authorization) {
      register(path, ".terms", authorization.terms());
      flat(path, ".amount", authorization.amount());
      flat(path, ".end", authorization.end());
      flat(path, ".supersededBy", authorization.supersededBy());
      flat(path, ".operation", authorization.operation());
    }

    void movement(String path, Movement movement) {
      flat(path, ".kind", movement.kind());
      chain(path, ".step", movement.step());
      flat(path, ".amount", movement.amount());
      flat(path, ".charge", movement.charge());
      flat(path, ".parent", movement.parent());
      flat(path, ".operation", movement.operation());
      flat(path, ".settled", movement.settled());
    }

    void dispute(String path, Dispute dispute) {
      register(path, ".status", dispute.status());
      flat(path, ".amount", dispute.amount());
      flat(path, ".charge", dispute.charge());
      flat(path, ".reason", dispute.reason());
    }

    void credential(String path, Credential credential) {
      flat(path, ".owner", credential.owner());
      flat(path, ".account", credential.account());
    }

    void flat(String path, String part, Flat<?> fact) {
      if (fact.isConflict()) {
        add(path + part, fact.values());
      }
    }

    void chain(String path, String part, Chain<?> fact) {
      if (fact.isConflict()) {
        add(path + part, fact.latest());
      }
    }

    void register(String path, String part, Register<?> fact) {
      if (fact.isConflict()) {
        add(path + part, fact.values());
      }
    }

    private void add(String path, Collection<?> values) {
      conflicts.add(new Conflict(path, values.stream().map(String::valueOf).sorted().toList()));
    }
  }
}
