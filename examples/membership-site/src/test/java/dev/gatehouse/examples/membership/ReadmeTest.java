package dev.gatehouse.examples.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the first page of the repository says of the tour is what the tour says. */
class ReadmeTest {
  @Test
  void the_first_page_shows_the_tours_last_line_and_names_its_options() throws IOException {
    String readme = Files.readString(Path.of("..", "..", "README.md"));

    assertThat(readme).contains("```\n" + Run.of("tour").lastLine() + "\n```");
    assertThat(readme).contains("`" + StoreOption.DEFAULT + "`");
    assertThat(readme).contains("`" + StoreOption.USER + "`", "`" + StoreOption.PASSWORD + "`");
    assertThat(Run.of("tour", "--help").out())
        .contains("--store", StoreOption.DEFAULT, StoreOption.USER, StoreOption.PASSWORD);
  }
}
