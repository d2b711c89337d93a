package dev.gatehouse.relay.kafka;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.time.Duration;

/** A process that ends whenever its hook is told of something, without another word. */
final class FatalMain {
  private FatalMain() {}

  /** The broker and the topic. */
  public static void main(String[] args) {
    KafkaHookRunner.of(new Fatal())
        .connection(KafkaConnection.to(args[0]))
        .topic(args[1])
        .group(args[1])
        .deadLetters(args[1] + "-dead")
        .takeOver(Duration.ofSeconds(1))
        .start();
  }

  private static final class Fatal implements LifecycleHook {
    @Override
    public String id() {
      return "fatal";
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return true;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      Runtime.getRuntime().halt(7);
      return HookResult.delivered();
    }
  }
}
