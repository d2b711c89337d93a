package dev.gatehouse.examples.membership;

import dev.gatehouse.spi.GatewayProvider;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.joda.money.Money;
import org.jspecify.annotations.NullMarked;

/** A gateway of somebody else: compiled while a test runs, against the API only. */
final class ForeignGateway {
  private static final String SOURCE =
      """
      package acme;
      import dev.gatehouse.facts.*;
      import dev.gatehouse.spi.*;
      import java.util.*;
      public final class Provider implements GatewayProvider {
        public int spiVersion() { return SPI_VERSION; }
        public String id() { return "acme"; }
        public GatewayDescription describe() {
          return GatewayDescription.builder("Acme", "3.2.1")
              .method(MethodSpec.withToken("card", Capability.REFUND, Capability.PARTIAL_REFUND))
              .setting(SettingSpec.optional("shop", SettingKind.TEXT, "The shop.").orElse("main"))
              .build();
        }
        public PaymentGateway open(GatewaySettings settings, GatewayEnvironment world) {
          return new Gateway(world.mode());
        }
        private record Gateway(Mode mode) implements PaymentGateway, RefundsPayments {
          public Outcome charge(ChargeRequest request) {
            boolean poor = request.method().equals(new PaymentMethod.Token("card", "acme_poor"));
            Attempt attempt =
                Attempt.at(poor ? AttemptStep.FAILED : AttemptStep.SUCCEEDED)
                    .with(request.amount()).causedBy(request.idempotencyKey());
            Decline decline = Decline.of(DeclineCode.INSUFFICIENT_FUNDS);
            String id = request.reference() + "-c";
            Snapshot.Builder seen = Snapshot.builder()
                .reference(request.reference())
                .mode(mode)
                .currency(request.amount().getCurrencyUnit())
                .attempt(id, poor ? attempt.with(decline) : attempt);
            if (poor) {
              return new Outcome.Declined(seen.build(), decline);
            }
            seen.movement(id + "-m", Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                .with(request.amount()).ofCharge(id).causedBy(request.idempotencyKey()));
            return new Outcome.Succeeded(seen.build());
          }
          public Outcome refund(RefundRequest request) {
            return new Outcome.Succeeded(Snapshot.builder()
                .movement("r-" + request.idempotencyKey(),
                    Movement.of(MovementKind.REFUND, MovementStep.DONE)
                        .with(request.amount()).outOf(request.capture())
                        .causedBy(request.idempotencyKey()))
                .build());
          }
          public Lookup lookup(Trace trace) { return null; }
          public void close() {}
        }
      }
      """;

  private static final String TOKENS =
      "approve = acme_rich\ndecline.insufficient_funds = acme_poor\n";

  private ForeignGateway() {}

  /** Drops it into a folder of gateways, with or without its test tokens. */
  static void drop(Path gateways, boolean tokens) throws IOException {
    drop(gateways, tokens, SOURCE);
  }

  /** Drops one whose customers approve on its pages. */
  static void dropWithPages(Path gateways) throws IOException {
    String pages =
        "MethodSpec.withoutToken(\"wallet\", Capability.REFUND, Capability.PARTIAL_REFUND)";
    drop(
        gateways,
        false,
        SOURCE.replaceFirst("MethodSpec[.]withToken[(][^)]*[)]", pages + ".needingReturnUrl()"));
  }

  /**
   * Drops one with this id and with its test tokens, which brings this version of a library. No
   * other version of that library would do.
   */
  static void dropWithLibrary(Path gateways, String id, int version) throws IOException {
    String call = "common.Library.version" + version + "()";
    Path library = Files.createDirectories(gateways.resolve(id)).resolve("common-library.jar");
    Path classes = Files.createTempDirectory(gateways, ".classes");
    compile(
        classes,
        "Library",
        "package common; public final class Library { public static String version%d() {"
                .formatted(version)
            + " return \"%d.0.0\"; } }".formatted(version),
        List.of());
    pack(library, classes, Map.of());
    String source =
        SOURCE
            .replace("package acme;", "package " + id + ";")
            .replace("return \"acme\";", "return \"" + id + "\";")
            .replace("\"3.2.1\"", call)
            .replace("boolean poor =", call + ";\n      boolean poor =");
    drop(gateways, id, true, source, List.of(library));
  }

  private static void drop(Path gateways, boolean tokens, String source) throws IOException {
    drop(gateways, "acme", tokens, source, List.of());
  }

  private static void drop(
      Path gateways, String id, boolean tokens, String source, List<Path> libraries)
      throws IOException {
    Path folder = Files.createDirectories(gateways.resolve(id));
    Path classes = Files.createTempDirectory(gateways, ".classes");
    compile(classes, "Provider", source, libraries);
    String service = "META-INF/services/" + GatewayProvider.class.getName();
    String provider = id + ".Provider";
    pack(
        folder.resolve(id + "-gateway.jar"),
        classes,
        tokens
            ? Map.of(
                service, provider, "META-INF/gatehouse/test-tokens/" + id + ".properties", TOKENS)
            : Map.of(service, provider));
  }

  private static void pack(Path to, Path classes, Map<String, String> resources)
      throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(to));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        put(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        put(jar, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name.replace('\\', '/')));
    jar.write(bytes);
    jar.closeEntry();
  }

  /** Not a dependency of the example itself; it comes with the API. */
  private static Class<?> constraint() {
    try {
      return Class.forName("jakarta.validation.Constraint");
    } catch (ClassNotFoundException e) {
      throw new AssertionError("the API comes without it", e);
    }
  }

  /** What they are compiled against: once the build has packaged it, the JARs that it publishes. */
  static List<Path> api() {
    return Stream.of(GatewayProvider.class, Money.class, constraint(), NullMarked.class)
        .map(ForeignGateway::place)
        .toList();
  }

  private static void compile(Path classes, String name, String code, List<Path> libraries)
      throws IOException {
    Path source = Files.writeString(classes.resolve(name + ".java"), code);
    String api =
        Stream.concat(api().stream(), libraries.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-cp", api, "-d", classes.toString(), "-proc:none");
      var files = manager.getJavaFileObjects(source);
      if (!compiler.getTask(said, manager, null, options, null, files).call()) {
        throw new AssertionError("the source of the test does not compile: " + said);
      }
    }
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
