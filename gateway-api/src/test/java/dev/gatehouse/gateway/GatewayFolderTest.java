package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.checkout.Plan;
import dev.gatehouse.command.Pay;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.command.StartCheckout;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.fake.BuiltJar;
import dev.gatehouse.fake.DroppedGateway;
import dev.gatehouse.fake.OwnJvm;
import dev.gatehouse.gateway.GatewayCatalog.Refusal;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PlanId;
import dev.gatehouse.plugin.ApiLoader;
import dev.gatehouse.spi.GatewayProvider;
import dev.gatehouse.spi.PaymentMethod;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayFolderTest {
  private static final String ONE = "\"1\"";

  /** Nobody listens on port 1; what matters is that the door was used. */
  private static final String SENDING =
      """
      try {
        world.http().send(new dev.gatehouse.http.HttpRequest("GET",
            java.net.URI.create("http://127.0.0.1:1/"), dev.gatehouse.http.HttpHeaders.none(), new byte[0]), world.timeLimit());
      } catch (dev.gatehouse.http.TransportException e) {
        // As expected.
      }
      """;

  @TempDir Path work;
  @TempDir Path folder;

  @Test
  void each_sub_folder_is_a_gateway_that_names_the_jar_that_it_came_from() throws IOException {
    drop("acme", DroppedGateway.jar(work, "acme", DroppedGateway.source("acme", ONE)));
    drop("bolt", DroppedGateway.jar(work, "bolt", DroppedGateway.source("bolt", ONE)));
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers().keySet()).containsExactly("acme", "bolt");
      assertThat(dropped.catalog().provider("acme").orElseThrow().source())
          .isEqualTo("acme.Provider in " + folder.resolve("acme/acme.jar"));
      assertThat(dropped.catalog().refusals()).isEmpty();
    }
  }

  @Test
  void two_gateways_bring_two_versions_of_one_library() throws IOException {
    Path old = DroppedGateway.library(work, "old");
    Path young = DroppedGateway.library(work, "young");
    String acme = DroppedGateway.source("acme", "lib.Lib.old()");
    String bolt = DroppedGateway.source("bolt", "lib.Lib.young()");
    drop("acme", DroppedGateway.jar(work, "acme", acme, old), old);
    drop("bolt", DroppedGateway.jar(work, "bolt", bolt, young), young);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      assertThat(dropped.catalog().providers().values())
          .extracting(entry -> entry.description().version())
          .containsExactly("old", "young");
    }
  }

  @Test
  void a_gateway_sees_the_api_what_that_exposes_and_the_jdk_and_no_more() throws IOException {
    Path jar = DroppedGateway.jar(work, "acme", DroppedGateway.source("acme", ONE));
    drop("acme", jar);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      ClassLoader loader = loaderOf(dropped.catalog());
      assertThat(
              List.of(
                  "dev.gatehouse.spi.GatewayProvider",
                  "dev.gatehouse.http.HttpTransport",
                  "org.joda.money.Money",
                  "jakarta.validation.constraints.NotNull",
                  "org.slf4j.Logger",
                  "org.jspecify.annotations.Nullable",
                  "java.net.http.HttpClient",
                  "java.sql.Connection"))
          .allSatisfy(name -> assertThat(loader.loadClass(name)).isNotNull());
      assertThat(
              List.of(
                  "dev.gatehouse.fault.Faults",
                  "dev.gatehouse.fake.FakeGateway",
                  "org.hibernate.validator.HibernateValidator",
                  "org.slf4j.simple.SimpleLogger",
                  "org.junit.jupiter.api.Test",
                  "acme"))
          .allSatisfy(
              name ->
                  assertThatThrownBy(() -> loader.loadClass(name))
                      .isInstanceOf(ClassNotFoundException.class));
      assertThat(loader.getResource("META-INF/services/dev.gatehouse.spi.GatewayProvider"))
          .asString()
          .contains("acme.jar");
      assertThat(loader.getResource("dev/gatehouse/validation/Messages.properties")).isNull();
    }
  }

  @Test
  void the_packages_that_gateways_see_are_those_that_the_module_exports() throws IOException {
    Path descriptor = Path.of("src/main/java/module-info.java").toAbsolutePath();
    Set<String> exported = new TreeSet<>();
    Matcher exports = Pattern.compile("exports ([\\w.]+);").matcher(Files.readString(descriptor));
    while (exports.find()) {
      exported.add(exports.group(1));
    }
    assertThat(ApiLoader.EXPORTED).isEqualTo(exported);
  }

  @Test
  void the_api_and_its_libraries_beside_a_gateway_do_no_harm() throws IOException {
    Path api =
        BuiltJar.apart(
            work,
            "gateway-api",
            OwnJvm.libraries(),
            Map.of("org/joda/money/Money.java", "package org.joda.money; class Money {}"),
            Map.of(
                "META-INF/services/dev.gatehouse.spi.GatewayProvider",
                "dev.gatehouse.manual.ManualGatewayProvider"));
    drop("acme", DroppedGateway.jar(work, "acme", DroppedGateway.source("acme", ONE)), api);
    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      GatewayCatalog all = GatewayCatalog.discover().and(dropped.catalog());
      assertThat(all.providers().keySet()).containsExactly("acme", "manual");
      assertThat(all.refusals()).isEmpty();
    }
  }

  @Test
  void whatever_is_wrong_with_one_sub_folder_is_told_by_jar_and_the_others_go_on()
      throws IOException {
    drop("good", DroppedGateway.jar(work, "good", DroppedGateway.source("good", ONE)));
    Files.writeString(folder.resolve("loose.jar"), "not looked into");
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve(".hidden"));
    Files.writeString(folder.resolve("readme.txt"), "of no interest");
    Files.writeString(Files.createDirectories(folder.resolve("torn")).resolve("torn.jar"), "PK");
    drop("silent", DroppedGateway.library(work, "only"));
    Path newer = DroppedGateway.jar(work, "newer", DroppedGateway.source("newer", ONE));
    raiseClassVersion(newer, folder.resolve("newer"));
    Path gone = DroppedGateway.library(work, "gone");
    drop("lacking", lacking(gone));
    drop(
        "throwing",
        jar(
            "throwing",
            "public Provider() { own(); }",
            "public Provider() { throw new RuntimeException(\"sk_live\"); }"));
    drop(
        "fixed",
        jar(
            "fixed",
            "public Provider() {",
            "static final int N = Integer.parseInt(\"x\"); public Provider() {"));
    drop(
        "future",
        jar("future", "return SPI_VERSION", "return " + (GatewayProvider.SPI_VERSION + 1)));
    drop("undecided", jar("undecided", "return SPI_VERSION", "return 0"));
    drop("ancient", ancient());
    drop("one", jar("one", "return \"one\"", "return \"same\""));
    drop("two", jar("two", "return \"two\"", "return \"same\""));

    try (GatewayFolder dropped = GatewayFolder.open(folder)) {
      GatewayCatalog catalog = dropped.catalog();
      assertThat(catalog.providers().keySet()).containsExactly("good");
      Map<String, String> told = told(catalog);
      assertThat(told.get("loose")).contains("put it into a folder of its own");
      assertThat(told.get("empty")).contains("there is no JAR in it");
      assertThat(told.get("torn")).contains("torn.jar", "no JAR that can be read");
      assertThat(told.get("silent")).contains("announces a gateway", "META-INF/services/");
      assertThat(told.get("newer"))
          .contains(
              "newer.jar", "class newer.Provider is compiled for Java 99", "run this on Java 99");
      assertThat(told.get("lacking"))
          .contains("lacking.jar", "class lib.Lib is missing", "put the library that holds it");
      assertThat(told.get("throwing"))
          .contains("throwing.jar", "java.lang.RuntimeException")
          .doesNotContain("sk_live");
      assertThat(told.get("fixed"))
          .contains("fixed.jar", "a static initialiser threw java.lang.NumberFormatException");
      assertThat(told.get("future"))
          .contains(
              "future.jar",
              "built for version " + (GatewayProvider.SPI_VERSION + 1) + " of the SPI",
              "or a newer Gatehouse");
      assertThat(told.get("undecided"))
          .contains("built for version 0 of the SPI")
          .doesNotContain("newer Gatehouse");
      assertThat(told.get("ancient"))
          .contains(
              "ancient.jar",
              "does not say for which version",
              "built for versions 1 to " + GatewayProvider.SPI_VERSION);
      assertThat(told.get("one")).contains("one.jar", "two.jar", "all have the id 'same'");
      assertThat(catalog.refusals()).hasSize(12);
      assertThat(catalog.refusals()).allSatisfy(r -> assertThat(r.remedy()).isNotBlank());
    }
  }

  @Test
  void a_third_gateway_of_an_id_that_two_have_is_refused_as_well() throws IOException {
    drop("one", jar("one", "return \"one\"", "return \"same\""));
    drop("two", jar("two", "return \"two\"", "return \"same\""));
    drop("three/sub", jar("three", "return \"three\"", "return \"same\""));
    try (GatewayFolder dropped = GatewayFolder.open(folder);
        GatewayFolder more = GatewayFolder.open(folder.resolve("three"))) {
      assertThat(more.catalog().providers()).containsKey("same");
      assertThat(dropped.catalog().and(more.catalog()).providers()).isEmpty();
      assertThat(more.catalog().and(dropped.catalog()).providers()).isEmpty();
    }
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> GatewayFolder.open(nowhere))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(nowhere.toString());
    assertThatThrownBy(() -> Gatehouse.builder().gatewayFolder(nowhere).build())
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void a_gateways_classes_can_be_collected_once_the_gatehouse_is_closed() throws Exception {
    drop("acme", jar("acme", "String attempt =", SENDING + "String attempt ="));
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    WeakReference<ClassLoader> loader = takeAPaymentAndClose(collected);
    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
      // Waits for the collector, and goes on as soon as it is done.
      collected.remove(200);
    }
    assertThat(loader.get()).as("the gateway's class loader").isNull();
  }

  /** The gateway says which loader it has, in the one thing that it hands out: its classes. */
  private WeakReference<ClassLoader> takeAPaymentAndClose(ReferenceQueue<ClassLoader> collected) {
    List<WeakReference<ClassLoader>> seen = new ArrayList<>();
    Hook watch =
        Hook.named("watch")
            .on(
                CheckoutCompleted.class,
                (event, context) -> assertThat(event.header().id()).isNotBlank());
    HttpTransport door =
        new WatchingTransport(loader -> seen.add(new WeakReference<>(loader, collected)));
    try (Gatehouse gatehouse =
        Gatehouse.builder()
            .gatewayFolder(folder)
            .gateway(GatewayConfig.test("acme", Map.of()))
            .hook(watch)
            .transport(door)
            .build()
            .start()) {
      CustomerId ann = new CustomerId("ann");
      gatehouse.register(
          new RegisterCustomer(ann, new Person("Ann", "ann@example.com", Locale.ENGLISH)));
      Plan plan = new Plan(new PlanId("gold"), "Gold", Money.parse("EUR 10"));
      var checkout = gatehouse.startCheckout(StartCheckout.forPlan(ann, "k", plan));
      PaymentMethod token = new PaymentMethod.Token("card", "tok_1");
      GatewayInstanceId acme = new GatewayInstanceId("acme");
      assertThat(gatehouse.pay(Pay.sale(checkout.id(), "k", acme, token)).isCompleted()).isTrue();
    }
    assertThat(seen).isNotEmpty();
    return seen.get(0);
  }

  private static ClassLoader loaderOf(GatewayCatalog catalog) {
    return catalog.provider("acme").orElseThrow().provider().getClass().getClassLoader();
  }

  private void drop(String name, Path... jars) throws IOException {
    Path sub = Files.createDirectories(folder.resolve(name));
    for (Path jar : jars) {
      Files.copy(jar, sub.resolve(jar.getFileName()));
    }
  }

  private Path jar(String name, String instead, String with) {
    String source = DroppedGateway.source(name, ONE);
    assertThat(source).contains(instead);
    return DroppedGateway.jar(work, name, source.replace(instead, with));
  }

  private Path lacking(Path library) {
    return DroppedGateway.jar(
        work, "lacking", DroppedGateway.source("lacking", "lib.Lib.gone()"), library);
  }

  /** Compiled against an SPI that did not ask for a version yet. */
  private Path ancient() {
    Map<String, String> sources = new HashMap<>();
    sources.put(
        "dev/gatehouse/spi/GatewayProvider.java",
        """
        package dev.gatehouse.spi;
        public interface GatewayProvider {
          String id();
          GatewayDescription describe();
          PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment);
        }
        """);
    sources.put(
        "ancient/Provider.java",
        DroppedGateway.source("ancient", ONE)
            .replace("@Override public int spiVersion() { return SPI_VERSION; }", ""));
    return BuiltJar.apart(
        work,
        "ancient",
        OwnJvm.libraries(),
        sources,
        Map.of("META-INF/services/dev.gatehouse.spi.GatewayProvider", "ancient.Provider"));
  }

  /** The same JAR, whose classes say that they are for Java 99. */
  private static void raiseClassVersion(Path jar, Path into) throws IOException {
    Path raised = Files.createDirectories(into).resolve(jar.getFileName());
    try (ZipInputStream from = new ZipInputStream(Files.newInputStream(jar));
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(raised))) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        byte[] bytes = from.readAllBytes();
        if (entry.getName().endsWith(".class")) {
          bytes[7] = (byte) (99 + 44);
        }
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(bytes);
        to.closeEntry();
      }
    }
  }

  /** What was told of each sub-folder, which is also the name of the JAR or class. */
  private Map<String, String> told(GatewayCatalog catalog) {
    Map<String, String> told = new HashMap<>();
    for (Refusal refusal : catalog.refusals()) {
      Matcher name =
          Pattern.compile(Pattern.quote(folder + "/") + "(\\w+)").matcher(refusal.source());
      assertThat(name.find()).as(refusal.describe()).isTrue();
      told.put(name.group(1), refusal.describe());
    }
    return told;
  }

  /** Goes to the network, and notes for whom: the context class loader is the gateway's. */
  private record WatchingTransport(HttpTransport real, Consumer<ClassLoader> callers)
      implements HttpTransport {
    WatchingTransport(Consumer<ClassLoader> callers) {
      this(HttpTransport.create(HttpOptions.defaults()), callers);
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      callers.accept(Thread.currentThread().getContextClassLoader());
      return real.send(request, limit);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
