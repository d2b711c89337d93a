package dev.gatehouse.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor time used so far, by this process and by a database server beside it. Other work on
 * the machine changes it far less than it changes how long something takes.
 */
record Processors(Optional<ProcessHandle> server) {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** In seconds. */
  double used() {
    long others =
        server.stream()
            .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toNanos)
            .sum();
    return (SYSTEM.getProcessCpuTime() + others) / 1e9;
  }
}
