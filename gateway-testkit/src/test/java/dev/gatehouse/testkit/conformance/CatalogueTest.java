package dev.gatehouse.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks are data that people read. */
class CatalogueTest {
  @Test
  void every_check_has_an_id_of_its_own_and_says_what_why_and_what_to_do() {
    assertThat(ConformanceKit.catalogue()).extracting(Check::id).doesNotHaveDuplicates();
    assertThat(ConformanceKit.catalogue())
        .allSatisfy(
            check -> {
              assertThat(check.id()).matches("GW-[A-Z]{4,6}-[0-9]{2}");
              assertThat(check.rule()).endsWith(".").hasSizeBetween(20, 200);
              assertThat(check.why()).endsWith(".").hasSizeBetween(20, 300);
              assertThat(check.remedy()).endsWith(".").hasSizeBetween(10, 300);
            });
  }

  @Test
  void the_reference_gateway_leaves_none_unverified_but_what_takes_a_jvm_of_its_own() {
    assertThat(ConformanceKit.of(new ReferenceTarget()).runAll())
        .filteredOn(result -> !result.check().id().equals("GW-LOCALE-07"))
        .allSatisfy(
            result ->
                assertThat(result.verdict())
                    .as(result.check().id() + " " + result.explanation())
                    .isInstanceOf(Verdict.Passed.class));
  }
}
