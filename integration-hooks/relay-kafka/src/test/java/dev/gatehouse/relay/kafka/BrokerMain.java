package dev.gatehouse.relay.kafka;

import java.nio.file.Files;
import java.nio.file.Path;

/** A broker in a process of its own: formats its folder the first time, and serves. */
final class BrokerMain {
  private BrokerMain() {}

  /** The file of the broker's properties, and the folder of its logs. */
  public static void main(String[] args) {
    if (!Files.exists(Path.of(args[1], "meta.properties"))) {
      String[] format = {"format", "-t", "AAAAAAAAAAAAAAAAAAAAAA", "-c", args[0]};
      kafka.tools.StorageTool.execute(format, System.out);
    }
    kafka.Kafka.main(new String[] {args[0]});
  }
}
