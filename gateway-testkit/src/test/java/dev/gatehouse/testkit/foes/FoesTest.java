package dev.gatehouse.testkit.foes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.conformance.ConformanceKit;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Gateways with one fault each, written by somebody who knew what a gateway must keep and not how
 * it is checked. Four of them are not here: a thread that is started once when a class is loaded
 * can't be seen, one that ends by itself is not seen each time, and another default charset and a
 * class loader of its own are what the command line has.
 */
class FoesTest {
  private static final Path FOUND = Path.of("src/test/resources/foes.txt");

  private record Row(String foe, String check) {}

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(FOUND).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .map(parts -> new Row(parts[0], parts[1]))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> a_foe_fails_the_check_that_is_about_its_fault() throws IOException {
    Map<String, Foe> foes =
        FoesList.all().stream().collect(Collectors.toMap(Foe::id, Function.identity()));
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.foe() + " " + row.check(),
                    () -> demandFound(foes.get(row.foe()), row.check())));
  }

  private static void demandFound(Foe foe, String check) {
    Result result = ConformanceKit.of(foe).run(check);
    assertThat(result.verdict()).as(foe.must()).isInstanceOf(Verdict.Failed.class);
    assertThat(result.explanation()).contains(result.check().remedy());
  }

  @Test
  void all_but_four_are_found_in_one_jvm() throws IOException {
    List<String> found = rows().stream().map(Row::foe).toList();
    List<String> all = new ArrayList<>(FoesList.all().stream().map(Foe::id).toList());
    all.removeAll(found);
    assertThat(all).containsExactly("foe-02", "foe-04", "foe-103", "foe-112");
  }

  @Test
  void without_a_fault_every_check_passes() {
    assertThat(ConformanceKit.of(new NoFoe()).runAll())
        // None is named in a service file here, and one JVM has one charset.
        .filteredOn(result -> !List.of("GW-DISC-01", "GW-LOCALE-07").contains(result.check().id()))
        .allSatisfy(
            result ->
                assertThat(result.verdict())
                    .as(result.explanation())
                    .isInstanceOf(Verdict.Passed.class));
  }
}
