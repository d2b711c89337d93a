package dev.gatehouse.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gateways as somebody else ships them: compiled while a test runs, against the API and its
 * libraries only, and packed as a JAR. What is made approves every charge without I/O, and demands
 * that it is called with its own class loader as the thread's.
 */
public final class DroppedGateway {
  private static final String SERVICE = "META-INF/services/dev.gatehouse.spi.GatewayProvider";

  private static final String PROVIDER =
      """
      package $PACKAGE;
      import dev.gatehouse.facts.*;
      import dev.gatehouse.spi.*;
      public final class Provider implements GatewayProvider {
        public Provider() { own(); }
        @Override public int spiVersion() { return SPI_VERSION; }
        @Override public String id() { own(); return "$ID"; }
        @Override public GatewayDescription describe() {
          own();
          return GatewayDescription.builder("Dropped $ID", $VERSION).method(MethodSpec.withToken("card")).build();
        }
        @Override public PaymentGateway open(GatewaySettings settings, GatewayEnvironment world) {
          own();
          return new Gateway(world);
        }
        static void own() {
          if (Thread.currentThread().getContextClassLoader() != Provider.class.getClassLoader()) {
            throw new IllegalStateException("somebody else's class loader");
          }
        }
        private record Gateway(GatewayEnvironment world) implements PaymentGateway {
          @Override public Outcome charge(ChargeRequest request) {
            own();
            String attempt = request.reference() + "-charge";
            return new Outcome.Succeeded(Snapshot.builder()
                .reference(request.reference())
                .mode(Mode.TEST)
                .currency(request.amount().getCurrencyUnit())
                .attempt(attempt, Attempt.at(AttemptStep.SUCCEEDED)
                    .with(request.amount()).causedBy(request.idempotencyKey()))
                .movement(request.reference() + "-capture",
                    Movement.of(MovementKind.CAPTURE, MovementStep.DONE)
                        .with(request.amount()).ofCharge(attempt)
                        .causedBy(request.idempotencyKey()))
                .build());
          }
          @Override public Lookup lookup(Trace trace) { return null; }
          @Override public void close() { own(); }
        }
      }
      """;

  private DroppedGateway() {}

  /**
   * The source of a provider.
   *
   * @param name its package and its id
   * @param version an expression for its version
   */
  public static String source(String name, String version) {
    return PROVIDER.replace("$PACKAGE", name).replace("$ID", name).replace("$VERSION", version);
  }

  /** A JAR of one provider in the package of that name. */
  public static Path jar(Path folder, String name, String source, Path... libraries) {
    return BuiltJar.apart(
        create(folder),
        name,
        BuiltJar.path(OwnJvm.libraries(), libraries),
        Map.of(name + "/Provider.java", source),
        Map.of(SERVICE, name + ".Provider"));
  }

  /** The same as a module of that name; it requires module {@code lib} if it has one. */
  public static Path module(Path folder, String name, String source, Path... libraries) {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put(
        "module-info.java",
        """
        module %s {
          requires dev.gatehouse.api;
          %s
          provides dev.gatehouse.spi.GatewayProvider with %s.Provider;
        }
        """
            .formatted(name, libraries.length == 0 ? "" : "requires lib;", name));
    sources.put(name + "/Provider.java", source);
    return BuiltJar.onModulePath(
        create(folder), name, BuiltJar.path(OwnJvm.libraries(), libraries), sources);
  }

  /** A library whose one class has one method of this name, which says the name. */
  public static Path library(Path folder, String method) {
    return BuiltJar.apart(
        create(folder),
        "lib-" + method,
        "",
        Map.of("lib/Lib.java", sourceOfLibrary(method)),
        new HashMap<>());
  }

  /** The same as a module, whose name is {@code lib} whatever the method is. */
  public static Path moduleOfLibrary(Path folder, String method) {
    Map<String, String> sources =
        Map.of(
            "module-info.java",
            "module lib { exports lib; }",
            "lib/Lib.java",
            sourceOfLibrary(method));
    return BuiltJar.onModulePath(create(folder), "lib-" + method, OwnJvm.libraries(), sources);
  }

  private static String sourceOfLibrary(String method) {
    return "package lib; public final class Lib { public static String %s() { return \"%s\"; } }"
        .formatted(method, method);
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
