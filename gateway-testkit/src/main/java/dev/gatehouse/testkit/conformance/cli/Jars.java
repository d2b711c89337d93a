package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.testkit.conformance.TestTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads what JARs announce, without running any of their code. */
final class Jars {
  private static final String SERVICES = "META-INF/services/";
  private static final int CHUNK = 8_192;

  private Jars() {}

  /**
   * The JARs that are named, and those that lie in folders that are named; each once.
   *
   * @throws InvalidInputException with everything that is wrong: nothing there, a folder without a
   *     JAR, a file that is none
   */
  static List<Jar> read(List<Path> named) {
    List<Problem> problems = new ArrayList<>();
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : named) {
      files.addAll(files(path, problems));
    }
    List<Jar> jars = new ArrayList<>();
    for (Path file : files) {
      try {
        jars.add(open(file));
      } catch (IOException e) {
        problems.add(
            new Problem(
                "--jar",
                "jar.unreadable",
                file + " is no JAR that can be read: " + e.getMessage(),
                "build it again, or name another"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return jars;
  }

  private static List<Path> files(Path path, List<Problem> problems) {
    try {
      if (!Files.isDirectory(path)) {
        return List.of(path.toRealPath());
      }
      try (Stream<Path> inside = Files.list(path)) {
        List<Path> jars = inside.filter(Jars::isCalledJar).sorted().toList();
        if (jars.isEmpty()) {
          problems.add(noneIn(path));
        }
        List<Path> real = new ArrayList<>();
        for (Path jar : jars) {
          real.add(jar.toRealPath());
        }
        return real;
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              "--jar",
              "jar.missing",
              "there is nothing at " + path + " that could be read",
              "name a JAR, or a folder of JARs"));
      return List.of();
    }
  }

  /** Applications take a folder of gateways, each in a folder of its own. */
  private static Problem noneIn(Path folder) throws IOException {
    List<Path> deeper = new ArrayList<>();
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path sub : inside.filter(Files::isDirectory).sorted().toList()) {
        try (Stream<Path> files = Files.list(sub)) {
          if (files.anyMatch(Jars::isCalledJar)) {
            deeper.add(sub);
          }
        }
      }
    }
    String none = "there is no JAR in the folder " + folder;
    return deeper.isEmpty()
        ? new Problem(
            "--jar",
            "jar.none-in-folder",
            none,
            "build the gateway's JAR first, and name it or the folder that it is in")
        : new Problem(
            "--jar",
            "jar.folder-of-folders",
            none + " itself, but in folders that are in it",
            "name the folder of one gateway, as each has a class loader of its own: "
                + deeper.stream().map(Path::toString).collect(Collectors.joining(" or ")));
  }

  private static boolean isCalledJar(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  private static Jar open(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new Jar(
          file,
          sha256(file),
          announced(zip, GatewayProvider.class),
          announced(zip, TestTarget.class));
    }
  }

  /** As {@link java.util.ServiceLoader} reads it. */
  private static List<String> announced(ZipFile zip, Class<?> service) throws IOException {
    ZipEntry entry = zip.getEntry(SERVICES + service.getName());
    if (entry == null) {
      return List.of();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(name -> !name.isEmpty())
          .distinct()
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
