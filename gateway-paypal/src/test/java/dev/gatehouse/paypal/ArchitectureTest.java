package dev.gatehouse.paypal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The SDK stays in one class, and that class stays inside. */
class ArchitectureTest {
  private final JavaClasses ours =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.gatehouse.paypal");

  @Test
  void the_sdk_is_used_by_one_class() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.gatehouse\\.paypal\\.PayPalSdk(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.paypal..", "com.google..")
        .check(ours);
  }

  @Test
  void only_the_provider_is_public() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("PayPalGatewayProvider")
        .should()
        .notBePublic()
        .check(ours);
  }

  @Test
  void the_sdks_transport_and_token_cache_are_not_used() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("com\\.paypal\\.core\\.(AuthorizationProvider|cache\\..*|request\\..*)")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(HttpURLConnection|URLConnection|http\\..*)")
        .check(ours);
  }

  /** But by the command that a person runs. */
  @Test
  void nothing_is_printed() {
    noClasses()
        .that()
        .doNotHaveSimpleName("PayPalWebhookEndpoint")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ours);
  }
}
