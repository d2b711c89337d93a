package dev.gatehouse.relay.kafka;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** A hook that remembers what it took, and answers as it is told. */
final class Listener implements LifecycleHook {
  private static final long PATIENCE = 60_000_000_000L;

  /** What it answers to an event by the event's id; everything else is delivered. */
  final Map<String, BiFunction<LifecycleEvent, HookContext, HookResult>> answers =
      new ConcurrentHashMap<>();

  private final List<String> told = new ArrayList<>();

  @Override
  public String id() {
    return "listener";
  }

  @Override
  public boolean wants(LifecycleEvent event) {
    return !event.header().subject().equals("nobody");
  }

  @Override
  public HookResult handle(LifecycleEvent event, HookContext context) {
    String id = event.header().id();
    HookResult result =
        answers.getOrDefault(id, (e, c) -> HookResult.delivered()).apply(event, context);
    if (result instanceof HookResult.Delivered) {
      synchronized (told) {
        told.add(id);
        told.notifyAll();
      }
    }
    return result;
  }

  /** The ids of what it took, in order. */
  List<String> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  /** The same, of one subject. */
  List<String> toldOf(String subject) {
    return told().stream().filter(id -> id.startsWith(subject + "/")).toList();
  }

  /** Waits until it took this. */
  void await(String id) {
    long giveUp = System.nanoTime() + PATIENCE;
    synchronized (told) {
      while (!told.contains(id)) {
        long left = (giveUp - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("never told of " + id + ", but of " + told);
        }
        try {
          told.wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
