package dev.gatehouse.testkit.conformance.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * A JAR that is looked at.
 *
 * @param path where it lies
 * @param sha256 its checksum, in hexadecimal digits
 * @param gateways the classes that it announces as gateways
 * @param targets the classes that it announces as targets
 */
record Jar(Path path, String sha256, List<String> gateways, List<String> targets) {
  Jar {
    gateways = List.copyOf(gateways);
    targets = List.copyOf(targets);
  }

  String name() {
    return path.getFileName().toString();
  }
}
