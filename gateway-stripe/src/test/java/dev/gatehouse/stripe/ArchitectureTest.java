package dev.gatehouse.stripe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.RequestOptions;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The SDK stays inside. */
class ArchitectureTest {
  private static final String MODELS =
      "com.stripe.model.(PaymentIntent|Charge([$]PaymentMethodDetails.*)?)";

  private final JavaClasses ours =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.gatehouse.stripe");

  @Test
  void only_the_provider_is_public() {
    classes()
        .that()
        .doNotHaveSimpleName("StripeGatewayProvider")
        .and()
        .areTopLevelClasses()
        .should()
        .notBePublic()
        .check(ours);
  }

  /** What a reader of the module sees: our own types, Java's and nothing else. */
  @Test
  void no_type_of_the_sdk_is_in_what_the_provider_shows() {
    Class<?> provider = StripeGatewayProvider.class;
    assertThat(
            Stream.<Executable>concat(
                    Stream.of(provider.getDeclaredConstructors()),
                    Stream.of(provider.getDeclaredMethods()))
                .filter(member -> isShown(member.getModifiers()))
                .map(Executable::toGenericString))
        .isNotEmpty()
        .noneMatch(ArchitectureTest::isForeign);
    assertThat(
            Stream.of(provider.getDeclaredFields())
                .filter(field -> isShown(field.getModifiers()))
                .map(Field::toGenericString))
        .isNotEmpty()
        .noneMatch(ArchitectureTest::isForeign);
    assertThat(provider.getDeclaredClasses()).noneMatch(inner -> isShown(inner.getModifiers()));
    assertThat(provider.getSuperclass()).isEqualTo(Object.class);
  }

  private static boolean isShown(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static boolean isForeign(String signature) {
    return signature.contains("com.stripe") || signature.contains("com.google");
  }

  @Test
  void the_sdks_own_transport_is_not_used() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(HttpURLConnection|URLConnection|http\\..*)")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("com\\.stripe\\.net\\.HttpURLConnectionClient")
        .check(ours);
  }

  /** What is not read is of what is not as usual: statuses, and objects where ids are expected. */
  @Test
  void every_field_that_facts_look_at_is_read_of_a_sale() {
    Set<String> read = fields("set", StripeSale.class);
    assertThat(
            fields(
                "get",
                StripeFacts.class,
                StripeParts.class,
                StripeStored.class,
                StripeCheckout.class))
        .filteredOn(field -> !read.contains(field))
        .containsExactlyInAnyOrder(
            "PaymentIntent.CancellationReason",
            "PaymentIntent.ClientSecret",
            "PaymentIntent.CustomerObject",
            "PaymentIntent.LastPaymentError",
            "PaymentIntent.LatestCharge",
            "PaymentIntent.NextAction",
            "PaymentIntent.PaymentMethodObject");
  }

  /** Another account, key or address would be asked for there in vain: StripeCall sends none. */
  @Test
  void of_the_options_of_a_request_only_its_key_is_set() {
    assertThat(ours.stream())
        .filteredOn(one -> !one.isEquivalentTo(StripeAnswer.class))
        .flatExtracting(JavaClass::getMethodCallsFromSelf)
        .filteredOn(
            call ->
                call.getTargetOwner().isEquivalentTo(RequestOptions.RequestOptionsBuilder.class))
        .extracting(JavaMethodCall::getName)
        .containsOnly("setIdempotencyKey", "build");
  }

  private Set<String> fields(String prefix, Class<?>... callers) {
    return Stream.of(callers)
        .flatMap(caller -> ours.get(caller).getAccessesFromSelf().stream())
        .filter(access -> access.getTargetOwner().getName().matches(MODELS))
        .filter(access -> access.getName().startsWith(prefix))
        .map(access -> access.getTargetOwner().getSimpleName() + access.getName())
        .map(name -> name.replace(prefix, "."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** But by the command that a person runs. */
  @Test
  void nothing_is_printed() {
    noClasses()
        .that()
        .doNotHaveSimpleName("StripeWebhookEndpoint")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ours);
  }
}
