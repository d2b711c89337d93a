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
    facts.sends().forEach(found::send);
    return found.conflicts;
  }

  /** Whether it is about money, or about whose it is; not about wording or what comes next. */
  public boolean isGrave() {
    return HARMLESS.stream().noneMatch(fact::endsWith);
  }

  private static final class Found {
    private final List<Conflict> conflicts = new ArrayList<>();
    private String list = "";
    private String id = "";

    void attempt(String key, Attempt attempt) {
      at("attempts", key);
      chain(".step", attempt.step());
      flat(".amount", attempt.amount());
      flat(".decline", attempt.decline());
      flat(".operation", attempt.operation());
      flat(".storedMethod", attempt.storedMethod());
      register(".action", attempt.action());
      flat(".supersededBy", attempt.supersededBy());
    }

    void authorization(String key, Authorization authorization) {
      at("authorizations", key);
      register(".terms", authorization.terms());
      flat(".amount", authorization.amount());
      flat(".end", authorization.end());
      flat(".supersededBy", authorization.supersededBy());
      flat(".operation", authorization.operation());
    }

    void movement(String key, Movement movement) {
      at("movements", key);
      flat(".kind", movement.kind());
      chain(".step", movement.step());
      flat(".amount", movement.amount());
      flat(".charge", movement.charge());
      flat(".parent", movement.parent());
      flat(".operation", movement.operation());
      flat(".settled", movement.settled());
    }

    void dispute(String key, Dispute dispute) {
      at("disputes", key);
      register(".status", dispute.status());
      flat(".amount", dispute.amount());
      flat(".charge", dispute.charge());
      flat(".reason", dispute.reason());
    }

    void credential(String key, Credential credential) {
      at("credentials", key);
      flat(".owner", credential.owner());
      flat(".account", credential.account());
    }

    void send(String key, Chain<SendStep> send) {
      at("sends", key);
      chain("", send);
    }

    /** The fact that is looked at next; without one, it is the payment itself. */
    private void at(String facts, String key) {
      list = facts;
      id = key;
    }

    void flat(String part, Flat<?> fact) {
      if (fact.isConflict()) {
        add(part, fact.values());
      }
    }

    private void chain(String part, Chain<?> fact) {
      if (fact.isConflict()) {
        add(part, fact.latest());
      }
    }

    private void register(String part, Register<?> fact) {
      if (fact.isConflict()) {
        add(part, fact.values());
      }
    }

    private void add(String part, Collection<?> values) {
      String path = list.isEmpty() ? part : list + "[" + id + "]" + part;
      conflicts.add(new Conflict(path, values.stream().map(String::valueOf).sorted().toList()));
    }
  }
}
