package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fake.BuiltJar;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hooks that are dropped in. Each test runs an application of its own, in a class loader that has
 * nothing but this class path and one JAR.
 */
class HookDiscoveryTest {
  private static final String HOOK =
      """
      package tiny;
      import dev.gatehouse.event.LifecycleEvent;
      import dev.gatehouse.hook.*;
      public final class %s implements LifecycleHook {
        %s
        @Override public String id() { return "%s"; }
        @Override public boolean wants(LifecycleEvent event) { return true; }
        @Override public HookResult handle(LifecycleEvent event, HookContext context) {
          context.putCustomerMetadata(id(), "told");
          return HookResult.delivered();
        }
      }
      """;

  /** Registers a customer, and says what the hooks that were found have kept about her. */
  private static final String APPLICATION =
      """
      package tiny;
      import dev.gatehouse.Gatehouse;
      import dev.gatehouse.command.RegisterCustomer;
      import dev.gatehouse.customer.Person;
      import dev.gatehouse.error.ConfigurationException;
      import dev.gatehouse.gateway.GatewayCatalog;
      import dev.gatehouse.id.CustomerId;
      import java.util.Locale;
      import java.util.function.Supplier;
      public final class Application implements Supplier<String> {
        @Override public String get() {
          CustomerId ann = new CustomerId("ann");
          Person person = new Person("Ann", "ann@example.org", Locale.ENGLISH);
          try (Gatehouse house =
              Gatehouse.builder().catalog(GatewayCatalog.of()).discoverHooks().build()) {
            house.register(new RegisterCustomer(ann, person));
            house.runDueWork();
            return house.customer(ann).metadata().toString();
          } catch (ConfigurationException e) {
            return e.getMessage();
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void hooks_that_a_jar_on_the_class_path_announces_are_found_and_told() throws Exception {
    Map<String, String> sources =
        Map.of("tiny/First.java", hook("First", ""), "tiny/Second.java", hook("Second", ""));

    assertThat(said(sources, "tiny.First", "tiny.Second")).isEqualTo("{first=told, second=told}");
  }

  @Test
  void where_no_jar_announces_a_hook_none_is_found() throws Exception {
    assertThat(said(Map.of("tiny/First.java", hook("First", "")))).isEqualTo("{}");
  }

  @Test
  void a_hook_that_can_not_be_made_is_a_configuration_error_that_names_it_and_the_remedy()
      throws Exception {
    String throwing = "public Second() { throw new IllegalStateException(\"sk_live_canary\"); }";
    Map<String, String> sources =
        Map.of("tiny/First.java", hook("First", ""), "tiny/Second.java", hook("Second", throwing));

    assertThat(said(sources, "tiny.First", "tiny.Second"))
        .contains("tiny.Second")
        .contains("fix or remove its JAR, or add the hooks by hand")
        .doesNotContain("canary");
  }

  @Test
  void a_hook_that_is_announced_and_missing_is_a_configuration_error_that_names_it()
      throws Exception {
    assertThat(said(Map.of(), "tiny.Missing")).contains("tiny.Missing", "fix or remove its JAR");
  }

  private static String hook(String type, String constructor) {
    return HOOK.formatted(type, constructor, type.toLowerCase(Locale.ROOT));
  }

  private String said(Map<String, String> hooks, String... announced) throws Exception {
    Map<String, String> sources = new HashMap<>(hooks);
    sources.put("tiny/Application.java", APPLICATION);
    Path jar = BuiltJar.ofHooks(folder, "tiny", sources, announced);
    try (URLClassLoader loader =
        new URLClassLoader(classPathAnd(jar), ClassLoader.getPlatformClassLoader())) {
      Object application =
          loader.loadClass("tiny.Application").getDeclaredConstructor().newInstance();
      return (String) ((Supplier<?>) application).get();
    }
  }

  private static URL[] classPathAnd(Path jar) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(jar.toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
