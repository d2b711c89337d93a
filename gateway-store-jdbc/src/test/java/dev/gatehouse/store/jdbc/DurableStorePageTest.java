package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.id.CustomerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about the durable store: its code runs, and it names every code that the store gives.
 */
class DurableStorePageTest {
  private static final Path PAGE = Path.of("..", "docs", "durable-store.md");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final RegisterCustomer ANN =
      new RegisterCustomer(
          new CustomerId("ann"), new Person("Ann", "ann@example.org", Locale.ENGLISH));

  @TempDir Path folder;

  @Test
  void a_shop_on_a_file_finds_its_customers_again() {
    Path file = folder.resolve("shop.db");
    for (int life = 1; life <= 2; life++) {
      // snippet: SqliteShop
      JdbcStore store = JdbcStore.sqlite(file);
      Gatehouse gatehouse = Gatehouse.builder().store(store).build().start();
      // end snippet
      assertThat(gatehouse.register(ANN).version()).isEqualTo(1);
      gatehouse.close();
      store.close();
    }
  }

  @Test
  void a_shop_on_a_server_finds_its_customers_again() {
    String url = TestPostgres.newDatabase();
    String user = TestPostgres.USER;
    String password = TestPostgres.PASSWORD;
    for (int life = 1; life <= 2; life++) {
      // snippet: PostgresShop
      JdbcStore store = JdbcStore.postgres(url, user, password);
      // end snippet
      Gatehouse gatehouse =
          Gatehouse.builder().catalog(GatewayCatalog.of()).store(store).build().start();
      assertThat(gatehouse.register(ANN).version()).isEqualTo(1);
      gatehouse.close();
      store.close();
    }
  }

  @Test
  void every_code_is_on_the_page_and_no_other() throws IOException {
    Set<String> given = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        given.addAll(found("\"(store\\.[a-z-]+)\"", Files.readString(file)));
      }
    }

    assertThat(given).hasSizeGreaterThan(20);
    assertThat(found("(?m)^\\| `(store\\.[a-z-]+)`", Files.readString(PAGE)))
        .containsExactlyElementsOf(given);
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
