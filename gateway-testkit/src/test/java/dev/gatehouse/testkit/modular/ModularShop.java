package dev.gatehouse.testkit.modular;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.spi.GatewayProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A shop that is a module and requires nothing but the API. It takes one payment of EUR 10.00
 * through the one gateway that it is given settings of. Where the customer has to approve, it says
 * {@code approve <page>} and waits for a line.
 */
public final class ModularShop {
  private static final String LIBRARIES =
      "(jakarta.validation-api|joda-money|joda-convert|jspecify|slf4j-api|hibernate-validator"
          + "|jboss-logging|classmate)-.*\\.jar";

  private static final String MAIN =
      """
      package app;
      import dev.gatehouse.Gatehouse;
      import dev.gatehouse.checkout.Line;
      import dev.gatehouse.command.*;
      import dev.gatehouse.customer.Person;
      import dev.gatehouse.engine.CheckoutView;
      import dev.gatehouse.facts.CustomerAction;
      import dev.gatehouse.gateway.*;
      import dev.gatehouse.id.*;
      import dev.gatehouse.spi.PaymentMethod;
      import java.net.URI;
      import java.util.*;
      import org.joda.money.Money;
      public final class Main {
        public static void main(String[] args) throws java.io.IOException {
          Map<String, String> settings = new TreeMap<>();
          for (String setting : args) {
            String[] pair = setting.split("=", 2);
            settings.put("gateway.one." + pair[0], pair[1]);
          }
          String method = settings.remove("gateway.one.pays-by");
          GatewayConfigs configs = GatewayConfigs.collect().properties(settings);
          try (Gatehouse gatehouse = Gatehouse.builder().gateways(configs).build()) {
            GatewayCatalog.discover().providers().values().forEach(known ->
                System.out.println("found " + known.provider().id() + " in module "
                    + known.provider().getClass().getModule().getName()));
            CustomerId ada = new CustomerId("ada");
            gatehouse.register(new RegisterCustomer(ada,
                new Person("Ada Lovelace", "ada@example.org", Locale.UK)));
            CheckoutView checkout = gatehouse.startCheckout(StartCheckout.forLines(
                ada, "order-1", List.of(Line.of("A book", 1, Money.parse("EUR 10.00")))));
            String[] parts = method.split(":", 2);
            PaymentMethod by = parts.length == 2
                ? new PaymentMethod.Token(parts[0], parts[1])
                : new PaymentMethod.OfType(parts[0]);
            CheckoutView paid = gatehouse.pay(
                Pay.sale(checkout.id(), "try-1", new GatewayInstanceId("one"), by)
                    .returningTo(URI.create("https://shop.test/return")));
            if (paid.action().isPresent()) {
              System.out.println("approve "
                  + ((CustomerAction.Redirect) paid.action().get()).url());
              System.in.read();
              gatehouse.customerReturned(checkout.id());
            }
            System.out.println("in module " + Main.class.getModule().getName()
                + ": " + gatehouse.checkout(checkout.id()).state());
          }
        }
      }
      """;

  private ModularShop() {}

  /**
   * Runs it and returns what it said.
   *
   * @param folder for what is compiled and said
   * @param gateway the gateway and its libraries, for the module path
   * @param options more options of the JVM
   * @param settings of the gateway, and {@code pays-by}: a type, or a type and a token
   * @param approves is given the page on which the customer approves
   */
  public static String run(
      Path folder,
      List<Path> gateway,
      List<String> options,
      Map<String, String> settings,
      Consumer<String> approves)
      throws IOException, InterruptedException {
    String libraries = libraries();
    Path app = compiled(folder.resolve("app"), libraries);
    String path =
        Stream.concat(Stream.of(libraries, app.toString()), gateway.stream().map(Path::toString))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--module-path", path, "--add-modules", "org.hibernate.validator"));
    command.addAll(options);
    command.addAll(List.of("-m", "app/app.Main"));
    settings.forEach((name, value) -> command.add(name + "=" + value));
    return said(command, approves);
  }

  private static String said(List<String> command, Consumer<String> approves)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        OutputStream in = process.getOutputStream()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("approve ")) {
          approves.accept(line.substring("approve ".length()));
          in.write('\n');
          in.flush();
        }
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(said.toString()).isZero();
    return said.toString();
  }

  /** The API and what it needs to run, as they are on the path of the tests. */
  private static String libraries() {
    return Stream.concat(Stream.of(place(GatewayProvider.class)), named(LIBRARIES).stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The JARs on the path of the tests whose file names match. */
  public static List<Path> named(String pattern) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> entry.getFileName().toString().matches(pattern))
        .toList();
  }

  /** The JAR or the folder that a class comes from. */
  public static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Path compiled(Path folder, String modulePath) throws IOException {
    Path sources = Files.createDirectories(folder.resolveSibling("app-sources"));
    Path info =
        Files.writeString(
            sources.resolve("module-info.java"), "module app { requires dev.gatehouse.api; }");
    Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("--module-path", modulePath, "-d", folder.toString());
      var files = manager.getJavaFileObjects(info, main);
      assertThat(compiler.getTask(complaints, manager, null, options, null, files).call())
          .as(complaints.toString())
          .isTrue();
    }
    return folder;
  }
}
