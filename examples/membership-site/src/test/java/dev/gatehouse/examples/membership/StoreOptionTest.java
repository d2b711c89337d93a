package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.store.InMemoryStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreOptionTest {
  private static final Map<String, String> LOGIN =
      Map.of(StoreOption.USER, "nobody", StoreOption.PASSWORD, "not-to-be-seen");

  @TempDir Path folder;

  @Test
  void a_name_is_a_file_of_sqlite_and_the_place_is_told_in_full() {
    Path file = folder.resolve("shop.db");

    try (Records records = StoreOption.open(file.toString(), Map.of())) {
      assertThat(records.place()).isEqualTo(file.toString());
      assertThat(records.outside()).contains(folder.resolve("shop.db.outside"));
      assertThat(records.store().backlogs()).isEmpty();
    }
    assertThat(file).exists();
  }

  @Test
  void memory_keeps_nothing() {
    try (Records records = StoreOption.open("memory", Map.of())) {
      assertThat(records.store()).isInstanceOf(InMemoryStore.class);
      assertThat(records.outside()).isEmpty();
    }
  }

  @Test
  void without_user_and_password_a_server_is_not_asked_and_both_are_named() {
    assertThatThrownBy(() -> StoreOption.open("jdbc:postgresql://localhost:1/shop", Map.of()))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContainingAll(StoreOption.USER, StoreOption.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://localhost/shop?user=ann, names a user or a password",
    "jdbc:postgresql://localhost/shop?ssl=true&password=secret, names a user or a password",
    "jdbc:mysql://localhost/shop, neither a file nor",
    "' ', neither a file nor",
    "jdbc:postgresql://localhost:1/shop, can't be reached",
    "/nowhere/at/all/shop.db, folder"
  })
  void what_is_no_store_is_refused_with_what_to_write_and_without_secrets(
      String where, String why) {
    assertThatThrownBy(() -> StoreOption.open(where, LOGIN))
        .isInstanceOf(GatehouseException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("not-to-be-seen");
  }
}
