package dev.gatehouse.relay.kafka;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that does nothing but run a hook, which writes down what it is told: a line for each
 * event, in one write, so that it is there whatever becomes of the process.
 */
final class ConsumerMain {
  private ConsumerMain() {}

  /** Its name, the broker, the topic, the file to write to, and how long the hook takes. */
  public static void main(String[] args) throws IOException {
    FileChannel file =
        FileChannel.open(Path.of(args[3]), StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    KafkaHookRunner runner =
        KafkaHookRunner.of(new Scribe(args[0], file, Duration.ofMillis(Long.parseLong(args[4]))))
            .connection(KafkaConnection.to(args[1]))
            .topic(args[2])
            .group(args[2])
            .deadLetters(args[2] + "-dead")
            .waits(Duration.ofMillis(20), Duration.ofMillis(100))
            .takeOver(Duration.ofSeconds(2))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(runner::close));
  }

  private record Scribe(String name, FileChannel file, Duration pace) implements LifecycleHook {
    @Override
    public String id() {
      return "scribe";
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return true;
    }

    /** Now and then it asks to be told again. */
    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      String id = event.header().id();
      if (id.hashCode() % 97 == 0 && context.attempt() == 1) {
        return new HookResult.Retry(Optional.empty(), "not the first time");
      }
      LockSupport.parkNanos(pace.toNanos());
      try {
        file.write(ByteBuffer.wrap((name + " " + id + "\n").getBytes(StandardCharsets.UTF_8)));
        return HookResult.delivered();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
