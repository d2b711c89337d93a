package dev.gatehouse.hook;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.membership.MembershipState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hook made of lambdas: {@code Hook.named("analytics").on(CheckoutCompleted.class, …)}.
 * Immutable; each method returns a new one.
 */
public final class Hook implements LifecycleHook {
  /**
   * What to do with an event.
   *
   * @param <E> the type of event
   */
  @FunctionalInterface
  public interface Action<E extends LifecycleEvent> {
    /** Does it; an exception means that the event is delivered again later. */
    void accept(E event, HookContext context) throws Exception;
  }

  /**
   * What to do with an event, with a say in what happens next.
   *
   * @param <E> the type of event
   */
  @FunctionalInterface
  public interface Handler<E extends LifecycleEvent> {
    /** Does it, and says whether it is done, to be repeated, or to be set aside. */
    HookResult handle(E event, HookContext context) throws Exception;
  }

  private record Rule(Predicate<LifecycleEvent> wants, Handler<LifecycleEvent> handler) {}

  private static final Logger LOG = LoggerFactory.getLogger(Hook.class);

  private final String id;
  private final List<Rule> rules;

  private Hook(String id, List<Rule> rules) {
    this.id = id;
    this.rules = rules;
  }

  /** A hook that does nothing yet, under a stable id. */
  public static Hook named(String id) {
    return new Hook(id, List.of());
  }

  /** This, doing something for every event of a type. */
  public <E extends LifecycleEvent> Hook on(Class<E> type, Action<E> action) {
    required("action", action);
    return handling(
        type,
        (event, context) -> {
          action.accept(event, context);
          return HookResult.delivered();
        });
  }

  /** This, doing something for every event of a type, with a say in what happens next. */
  public <E extends LifecycleEvent> Hook handling(Class<E> type, Handler<E> handler) {
    required("type", type);
    required("handler", handler);
    return with(
        new Rule(type::isInstance, (event, context) -> handler.handle(type.cast(event), context)));
  }

  /**
   * This, doing something when a membership reaches a status. Beware: one that was never paid for
   * reaches {@code CANCELLED}, too; look at {@code from} to count members who left.
   */
  public Hook onMembershipStatus(MembershipState to, Action<MembershipStatusChanged> action) {
    return with(
        new Rule(
            event -> event instanceof MembershipStatusChanged changed && changed.to() == to,
            (event, context) -> {
              action.accept((MembershipStatusChanged) event, context);
              return HookResult.delivered();
            }));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean wants(LifecycleEvent event) {
    return rules.stream().anyMatch(rule -> rule.wants.test(event));
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    for (Rule rule : rules) {
      HookResult result =
          rule.wants.test(event) ? answer(rule, event, context) : HookResult.delivered();
      if (!(result instanceof HookResult.Delivered)) {
        return result;
      }
    }
    return HookResult.delivered();
  }

  /** An exception asks for another delivery. Its message is not told: it might hold a secret. */
  private HookResult answer(Rule rule, LifecycleEvent event, HookContext context) {
    try {
      return rule.handler.handle(event, context);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("hook {} threw on event {}: {}", id, event.header().id(), Faults.describe(e));
      return new HookResult.Retry(Optional.empty(), "the hook threw " + e.getClass().getName());
    }
  }

  private Hook with(Rule rule) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(rule);
    return new Hook(id, List.copyOf(all));
  }
}
