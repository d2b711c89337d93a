package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.spi.PaymentMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Personal data can be erased because it is in one document alone. */
class PersonalDataTest {
  /** Ours, the caller's and the providers'. */
  private static final Set<String> IDS =
      Set.of(
          "Attempt.operation",
          "Attempt.storedMethod",
          "Attempt.supersededBy",
          "Authorization.operation",
          "Authorization.supersededBy",
          "AuthorizationEnded.authorization",
          "CaptureFailed.capture",
          "Checkout.command",
          "Checkout.raised",
          "Credential.account",
          "Credential.owner",
          "Delivery.hook",
          "Dispute.charge",
          "DisputeFundsReinstated.movement",
          "DisputeFundsWithdrawn.movement",
          "DisputeOpened.dispute",
          "EventHeader.id",
          "EventHeader.subject",
          "InboxItem.notice",
          "Movement.charge",
          "Movement.operation",
          "Movement.parent",
          "Note.settles",
          "Operation.command",
          "Operation.key",
          "Operation.reportedAs",
          "Operation.target",
          "OperationLeftToPerson.operation",
          "Payment.raised",
          "PaymentAuthorized.authorization",
          "PaymentCaptured.capture",
          "PaymentFacts.account",
          "PaymentFacts.attempts",
          "PaymentFacts.authorizations",
          "PaymentFacts.credentials",
          "PaymentFacts.disputes",
          "PaymentFacts.movements",
          "PaymentFacts.reference",
          "PaymentFacts.sends",
          "PaymentFailed.attempt",
          "PaymentHint.reference",
          "PaymentMethodStored.method",
          "PaymentRefunded.refund",
          "ProviderId.id",
          "PaymentMethodRemoved.method",
          "RefundFailed.refund",
          "Stored.id",
          "StoredMethod.account",
          "StoredMethod.method",
          "StoredMethod.owner",
          "TotalKey.charge",
          "ClientToken.token",
          "Token.token");

  /** Ours and the providers'. */
  private static final Set<String> OF_PROGRAMS =
      Set.of(
          "ConflictFound.fact",
          "ConflictFound.values",
          "Decline.rawCode",
          "Decline.rawMessage",
          "Delivery.error",
          "Delivery.parked",
          "Dispute.reason",
          "Failure.code",
          "Failure.message",
          "InboxItem.type",
          "Instructions.lines",
          "OfType.type",
          "OperationLeftToPerson.why",
          "ProviderId.kind",
          "Redirect.fields",
          "Redirect.method",
          "Stored.type",
          "StoredMethod.type",
          "Token.type");

  /** The same for many customers. */
  private static final Set<String> OF_THE_SHOP =
      Set.of(
          "Agreement.text",
          "ChargeTerms.description",
          "Line.description",
          "Membership.planName",
          "MembershipStatusChanged.planName",
          "MembershipSummary.planName",
          "Plan.name");

  /** Who did what to a payment and why, kept for ever. */
  private static final Set<String> OF_OPERATORS =
      Set.of("Note.actor", "Note.reason", "Note.what", "Operation.reason");

  /** May be personal, and goes when the member is erased. */
  private static final Set<String> OF_MEMBERS = Set.of("Membership.cancelReason");

  /** Which card it was, and not whose: no more than its id says at the provider. */
  private static final Set<String> OF_CARDS =
      Set.of("MethodDetails.brand", "MethodDetails.fingerprint", "MethodDetails.lastDigits");

  @Test
  void a_person_is_in_the_document_of_a_customer_and_in_no_other() {
    List<Class<?>> others = new ArrayList<>(Reached.ROOTS);
    others.remove(Customer.class);

    assertThat(Reached.from(List.of(Customer.class)))
        .contains(Person.class, Locale.class, Attribution.class);
    assertThat(Reached.from(others))
        .doesNotContain(Customer.class, Person.class, Locale.class, Attribution.class);
  }

  @Test
  void an_erased_customer_leaves_nothing_of_the_person() {
    String erased = new Sample<>("erased", Json.CUSTOMER, Samples.customer().erased()).text();

    assertThat(erased)
        .isEqualTo(
            "{\"v\":4,\"id\":\"cus_1\",\"version\":7,"
                + "\"registeredAt\":\"2026-03-01T12:00:00.123456789Z\"}");
  }

  /**
   * A text may be about a person. Whoever adds one has to say whose words it holds, and how it is
   * erased if it may be personal; then it is added here.
   */
  @Test
  void it_is_known_of_each_text_whose_words_it_holds() {
    Set<String> known = new TreeSet<>();
    List.of(IDS, OF_PROGRAMS, OF_THE_SHOP, OF_OPERATORS, OF_MEMBERS, OF_CARDS)
        .forEach(known::addAll);

    assertThat(textsOutside(Set.of(Customer.class, Person.class, Attribution.class)))
        .containsExactlyElementsOf(known);
  }

  @Test
  void no_event_can_hold_a_token() {
    assertThat(Reached.from(List.of(LifecycleEvent.class)))
        .hasSizeGreaterThan(30)
        .doesNotContain(CustomerAction.class, PaymentMethod.class, PaymentMethod.Token.class);
  }

  private static List<String> textsOutside(Set<Class<?>> personal) {
    return Reached.records().stream()
        .filter(type -> !personal.contains(type) && !type.getPackageName().endsWith(".id"))
        .flatMap(
            type ->
                Part.of(type).stream()
                    .filter(PersonalDataTest::isText)
                    .map(part -> type.getSimpleName() + "." + part.name()))
        .sorted()
        .toList();
  }

  private static boolean isText(Part part) {
    return part.type().getTypeName().contains("java.lang.String");
  }
}
