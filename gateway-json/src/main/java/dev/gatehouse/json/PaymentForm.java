package dev.gatehouse.json;

import static dev.gatehouse.json.Groups.list;
import static dev.gatehouse.json.Groups.optional;
import static dev.gatehouse.json.Groups.sortedSet;
import static dev.gatehouse.json.Scalars.ADDRESS;
import static dev.gatehouse.json.Scalars.CHECKOUT_ID;
import static dev.gatehouse.json.Scalars.COUNT;
import static dev.gatehouse.json.Scalars.CUSTOMER_ID;
import static dev.gatehouse.json.Scalars.DURATION;
import static dev.gatehouse.json.Scalars.FLAG;
import static dev.gatehouse.json.Scalars.GATEWAY_ID;
import static dev.gatehouse.json.Scalars.MONEY;
import static dev.gatehouse.json.Scalars.NUMBER;
import static dev.gatehouse.json.Scalars.PAYMENT_ID;
import static dev.gatehouse.json.Scalars.TEXT;
import static dev.gatehouse.json.Scalars.TIME;
import static dev.gatehouse.json.Scalars.word;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.payment.ChargeTerms;
import dev.gatehouse.payment.Note;
import dev.gatehouse.payment.Operation;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.spi.Agreement;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentMethod;
import java.util.List;

/** The forms of payments and of what belongs to them. */
final class PaymentForm {
  static final Codec<OperationKind> KIND = word(OperationKind.class);

  /** Their own {@code type}, such as a card, is the {@code method} here. */
  static final Codec<PaymentMethod> METHOD =
      new Union<>(
          List.of(
              Union.Variant.of("Token", PaymentMethod.Token.class, token()),
              Union.Variant.of("Stored", PaymentMethod.Stored.class, stored()),
              Union.Variant.of("OfType", PaymentMethod.OfType.class, ofType())));

  /** Of what the customer agreed to. */
  static final Shape<Agreement> AGREEMENT = agreement();

  /**
   * Version 2 brought {@code notes[].settles}: in version 1, no note settles anything. Version 3
   * brought {@code facts.credentials} and {@code terms.agreement}, which are empty in those before.
   */
  static final Shape<Payment> PAYMENT = payment();

  private PaymentForm() {}

  private static Shape<PaymentMethod.Token> token() {
    var f = new Fields<PaymentMethod.Token>();
    var type = f.add("method", PaymentMethod.Token::type, TEXT);
    var token = f.add("token", PaymentMethod.Token::token, TEXT);
    return f.to(v -> new PaymentMethod.Token(v.get(type), v.get(token)));
  }

  private static Shape<PaymentMethod.Stored> stored() {
    var f = new Fields<PaymentMethod.Stored>();
    var type = f.add("method", PaymentMethod.Stored::type, TEXT);
    var id = f.add("id", PaymentMethod.Stored::id, TEXT);
    return f.to(v -> new PaymentMethod.Stored(v.get(type), v.get(id)));
  }

  private static Shape<PaymentMethod.OfType> ofType() {
    var f = new Fields<PaymentMethod.OfType>();
    var type = f.add("method", PaymentMethod.OfType::type, TEXT);
    return f.to(v -> new PaymentMethod.OfType(v.get(type)));
  }

  private static Shape<Agreement> agreement() {
    var f = new Fields<Agreement>();
    var use = f.add("use", Agreement::use, word(Agreement.Use.class));
    var text = f.add("text", Agreement::text, TEXT);
    var acceptedAt = f.add("acceptedAt", Agreement::acceptedAt, TIME);
    return f.to(v -> new Agreement(v.get(use), v.get(text), v.get(acceptedAt)));
  }

  private static Shape<ChargeTerms> terms() {
    var f = new Fields<ChargeTerms>();
    var amount = f.add("amount", ChargeTerms::amount, MONEY);
    var capture = f.add("capture", ChargeTerms::capture, word(CaptureMode.class));
    var method = f.add("method", ChargeTerms::method, METHOD);
    var storeMethod = f.add("storeMethod", ChargeTerms::storeMethod, FLAG);
    var initiator = f.add("initiator", ChargeTerms::initiator, word(Initiator.class));
    var description = f.add("description", ChargeTerms::description, optional(TEXT));
    var returnUrl = f.add("returnUrl", ChargeTerms::returnUrl, optional(ADDRESS));
    var agreement = f.add("agreement", ChargeTerms::agreement, optional(AGREEMENT));
    return f.to(
        v ->
            new ChargeTerms(
                v.get(amount),
                v.get(capture),
                v.get(method),
                v.get(storeMethod),
                v.get(initiator),
                v.get(description),
                v.get(returnUrl),
                v.get(agreement)));
  }

  private static Shape<Failure> failure() {
    var f = new Fields<Failure>();
    var category = f.add("category", Failure::category, word(ErrorCategory.class));
    var code = f.add("code", Failure::code, TEXT);
    var message = f.add("message", Failure::message, TEXT);
    var retryAfter = f.add("retryAfter", Failure::retryAfter, optional(DURATION));
    return f.to(v -> new Failure(v.get(category), v.get(code), v.get(message), v.get(retryAfter)));
  }

  private static Shape<Operation> operation() {
    var f = new Fields<Operation>();
    var key = f.add("key", Operation::key, TEXT);
    var kind = f.add("kind", Operation::kind, KIND);
    var command = f.add("command", Operation::command, TEXT);
    var amount = f.add("amount", Operation::amount, optional(MONEY));
    var target = f.add("target", Operation::target, TEXT);
    var isFinal = f.add("isFinal", Operation::isFinal, FLAG);
    var reason = f.add("reason", Operation::reason, optional(TEXT));
    var createdAt = f.add("createdAt", Operation::createdAt, TIME);
    var sends = f.add("sends", Operation::sends, COUNT);
    var lastSentAt = f.add("lastSentAt", Operation::lastSentAt, TIME);
    var nextSendAt = f.add("nextSendAt", Operation::nextSendAt, optional(TIME));
    var closed = f.add("closed", Operation::closed, FLAG);
    var leftToPerson = f.add("leftToPerson", Operation::leftToPerson, FLAG);
    var failure = f.add("failure", Operation::failure, optional(failure()));
    var action = f.add("action", Operation::action, optional(FactsForm.ACTION));
    var reportedAs = f.add("reportedAs", Operation::reportedAs, optional(TEXT));
    return f.to(
        v ->
            new Operation(
                v.get(key),
                v.get(kind),
                v.get(command),
                v.get(amount),
                v.get(target),
                v.get(isFinal),
                v.get(reason),
                v.get(createdAt),
                v.get(sends),
                v.get(lastSentAt),
                v.get(nextSendAt),
                v.get(closed),
                v.get(leftToPerson),
                v.get(failure),
                v.get(action),
                v.get(reportedAs)));
  }

  private static Shape<Note> note() {
    var f = new Fields<Note>();
    var at = f.add("at", Note::at, TIME);
    var actor = f.add("actor", Note::actor, TEXT);
    var what = f.add("what", Note::what, TEXT);
    var reason = f.add("reason", Note::reason, TEXT);
    var settles = f.add("settles", Note::settles, optional(TEXT));
    return f.to(v -> new Note(v.get(at), v.get(actor), v.get(what), v.get(reason), v.get(settles)));
  }

  private static Shape<Payment> payment() {
    var f = new Fields<Payment>();
    var id = f.add("id", Payment::id, PAYMENT_ID);
    var version = f.add("version", Payment::version, NUMBER);
    var gateway = f.add("gateway", Payment::gateway, GATEWAY_ID);
    var mode = f.add("mode", Payment::mode, FactsForm.MODE);
    var checkout = f.add("checkout", Payment::checkout, optional(CHECKOUT_ID));
    var customer = f.add("customer", Payment::customer, optional(CUSTOMER_ID));
    var terms = f.add("terms", Payment::terms, optional(terms()));
    var facts = f.add("facts", Payment::facts, FactsForm.FACTS);
    var operations = f.add("operations", Payment::operations, list(operation()));
    var raised = f.add("raised", Payment::raised, sortedSet(TEXT));
    var notes = f.add("notes", Payment::notes, list(note()));
    var createdAt = f.add("createdAt", Payment::createdAt, TIME);
    var wakeAt = f.add("wakeAt", Payment::wakeAt, optional(TIME));
    var quietPolls = f.add("quietPolls", Payment::quietPolls, COUNT);
    return f.to(
        v ->
            new Payment(
                v.get(id),
                v.get(version),
                v.get(gateway),
                v.get(mode),
                v.get(checkout),
                v.get(customer),
                v.get(terms),
                v.get(facts),
                v.get(operations),
                v.get(raised),
                v.get(notes),
                v.get(createdAt),
                v.get(wakeAt),
                v.get(quietPolls)));
  }
}
