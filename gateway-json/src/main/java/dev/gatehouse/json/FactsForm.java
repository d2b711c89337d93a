package dev.gatehouse.json;

import static dev.gatehouse.json.Groups.TEXTS;
import static dev.gatehouse.json.Groups.list;
import static dev.gatehouse.json.Groups.map;
import static dev.gatehouse.json.Groups.optional;
import static dev.gatehouse.json.Groups.set;
import static dev.gatehouse.json.Groups.sortedSet;
import static dev.gatehouse.json.Scalars.ADDRESS;
import static dev.gatehouse.json.Scalars.CURRENCY;
import static dev.gatehouse.json.Scalars.FLAG;
import static dev.gatehouse.json.Scalars.MONEY;
import static dev.gatehouse.json.Scalars.MONTH;
import static dev.gatehouse.json.Scalars.NUMBER;
import static dev.gatehouse.json.Scalars.TEXT;
import static dev.gatehouse.json.Scalars.TIME;
import static dev.gatehouse.json.Scalars.word;

import dev.gatehouse.facts.Attempt;
import dev.gatehouse.facts.AttemptStep;
import dev.gatehouse.facts.Authorization;
import dev.gatehouse.facts.AuthorizationEnd;
import dev.gatehouse.facts.Chain;
import dev.gatehouse.facts.Counter;
import dev.gatehouse.facts.Credential;
import dev.gatehouse.facts.CustomerAction;
import dev.gatehouse.facts.Decline;
import dev.gatehouse.facts.DeclineAdvice;
import dev.gatehouse.facts.DeclineCode;
import dev.gatehouse.facts.Dispute;
import dev.gatehouse.facts.DisputeStatus;
import dev.gatehouse.facts.Flat;
import dev.gatehouse.facts.MethodDetails;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Movement;
import dev.gatehouse.facts.MovementKind;
import dev.gatehouse.facts.MovementStep;
import dev.gatehouse.facts.PaymentFacts;
import dev.gatehouse.facts.ProviderId;
import dev.gatehouse.facts.Register;
import dev.gatehouse.facts.SendStep;
import dev.gatehouse.facts.Step;
import dev.gatehouse.facts.TotalKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.joda.money.Money;

/** The forms of facts. What was not seen is left out: absence is not a fact. */
final class FactsForm {
  static final Codec<Mode> MODE = word(Mode.class);
  static final Shape<Decline> DECLINE = decline();
  static final Codec<CustomerAction> ACTION =
      new Union<>(
          List.of(
              Union.Variant.of("Redirect", CustomerAction.Redirect.class, redirect()),
              Union.Variant.of("ClientToken", CustomerAction.ClientToken.class, clientToken()),
              Union.Variant.of("Instructions", CustomerAction.Instructions.class, instructions())));
  static final Shape<ProviderId> PROVIDER_ID = providerId();

  private static final Codec<Flat<String>> TEXT_SEEN = flat(TEXT);
  private static final Codec<Flat<Money>> MONEY_SEEN = flat(MONEY);

  static final Shape<MethodDetails> DETAILS = details();
  static final Codec<PaymentFacts> FACTS = facts();

  private FactsForm() {}

  private static <T> Codec<Flat<T>> flat(Codec<T> of) {
    return set(of).as(Flat::new, Flat::values);
  }

  private static <S extends Enum<S> & Step<S>> Codec<Chain<S>> chain(Class<S> steps) {
    return set(word(steps)).as(Chain::new, Chain::latest);
  }

  private static <T> Codec<Register<T>> register(Codec<T> of) {
    var f = new Fields<Register<T>>();
    var version = f.add("version", Register::version, NUMBER);
    var values = f.add("values", Register::values, set(of));
    return f.to(v -> new Register<>(v.get(version), v.get(values))).orElse(Register.unknown());
  }

  private static Shape<Decline> decline() {
    var f = new Fields<Decline>();
    var code = f.add("code", Decline::code, word(DeclineCode.class));
    var advice = f.add("advice", Decline::advice, word(DeclineAdvice.class));
    var rawCode = f.add("rawCode", Decline::rawCode, TEXT);
    var rawMessage = f.add("rawMessage", Decline::rawMessage, TEXT);
    return f.to(v -> new Decline(v.get(code), v.get(advice), v.get(rawCode), v.get(rawMessage)));
  }

  private static Shape<CustomerAction.Redirect> redirect() {
    var f = new Fields<CustomerAction.Redirect>();
    var url = f.add("url", CustomerAction.Redirect::url, ADDRESS);
    var method = f.add("method", CustomerAction.Redirect::method, TEXT);
    var fields =
        f.add("fields", CustomerAction.Redirect::fields, TEXTS.as(Map::copyOf, TreeMap::new));
    return f.to(v -> new CustomerAction.Redirect(v.get(url), v.get(method), v.get(fields)));
  }

  private static Shape<CustomerAction.ClientToken> clientToken() {
    var f = new Fields<CustomerAction.ClientToken>();
    var token = f.add("token", CustomerAction.ClientToken::token, TEXT);
    return f.to(v -> new CustomerAction.ClientToken(v.get(token)));
  }

  private static Shape<CustomerAction.Instructions> instructions() {
    var f = new Fields<CustomerAction.Instructions>();
    var lines = f.add("lines", CustomerAction.Instructions::lines, list(TEXT));
    return f.to(v -> new CustomerAction.Instructions(v.get(lines)));
  }

  private static Shape<ProviderId> providerId() {
    var f = new Fields<ProviderId>();
    var kind = f.add("kind", ProviderId::kind, TEXT);
    var id = f.add("id", ProviderId::id, TEXT);
    return f.to(v -> new ProviderId(v.get(kind), v.get(id)));
  }

  private static Shape<Attempt> attempt() {
    var f = new Fields<Attempt>();
    var step = f.add("step", Attempt::step, chain(AttemptStep.class));
    var amount = f.add("amount", Attempt::amount, MONEY_SEEN);
    var decline = f.add("decline", Attempt::decline, flat(DECLINE));
    var operation = f.add("operation", Attempt::operation, TEXT_SEEN);
    var storedMethod = f.add("storedMethod", Attempt::storedMethod, TEXT_SEEN);
    var action = f.add("action", Attempt::action, register(ACTION));
    var supersededBy = f.add("supersededBy", Attempt::supersededBy, TEXT_SEEN);
    return f.to(
        v ->
            new Attempt(
                v.get(step),
                v.get(amount),
                v.get(decline),
                v.get(operation),
                v.get(storedMethod),
                v.get(action),
                v.get(supersededBy)));
  }

  private static Shape<Authorization.Terms> terms() {
    var f = new Fields<Authorization.Terms>();
    var capturable = f.add("capturable", Authorization.Terms::capturable, MONEY);
    var expiresAt = f.add("expiresAt", Authorization.Terms::expiresAt, optional(TIME));
    return f.to(v -> new Authorization.Terms(v.get(capturable), v.get(expiresAt)));
  }

  private static Shape<Authorization> authorization() {
    var f = new Fields<Authorization>();
    var terms = f.add("terms", Authorization::terms, register(terms()));
    var amount = f.add("amount", Authorization::amount, MONEY_SEEN);
    var end = f.add("end", Authorization::end, flat(word(AuthorizationEnd.class)));
    var supersededBy = f.add("supersededBy", Authorization::supersededBy, TEXT_SEEN);
    var operation = f.add("operation", Authorization::operation, TEXT_SEEN);
    return f.to(
        v ->
            new Authorization(
                v.get(terms), v.get(amount), v.get(end), v.get(supersededBy), v.get(operation)));
  }

  private static Shape<Movement> movement() {
    var f = new Fields<Movement>();
    var kind = f.add("kind", Movement::kind, flat(word(MovementKind.class)));
    var step = f.add("step", Movement::step, chain(MovementStep.class));
    var amount = f.add("amount", Movement::amount, MONEY_SEEN);
    var charge = f.add("charge", Movement::charge, TEXT_SEEN);
    var parent = f.add("parent", Movement::parent, TEXT_SEEN);
    var operation = f.add("operation", Movement::operation, TEXT_SEEN);
    var settled = f.add("settled", Movement::settled, MONEY_SEEN);
    return f.to(
        v ->
            new Movement(
                v.get(kind),
                v.get(step),
                v.get(amount),
                v.get(charge),
                v.get(parent),
                v.get(operation),
                v.get(settled)));
  }

  private static Shape<Dispute> dispute() {
    var f = new Fields<Dispute>();
    var status = f.add("status", Dispute::status, register(word(DisputeStatus.class)));
    var amount = f.add("amount", Dispute::amount, MONEY_SEEN);
    var charge = f.add("charge", Dispute::charge, TEXT_SEEN);
    var reason = f.add("reason", Dispute::reason, TEXT_SEEN);
    return f.to(v -> new Dispute(v.get(status), v.get(amount), v.get(charge), v.get(reason)));
  }

  /** A running total: minor units alone would mean another sum if the currency's table changed. */
  private static Shape<Map.Entry<TotalKey, Counter>> total() {
    var f = new Fields<Map.Entry<TotalKey, Counter>>();
    var kind = f.add("kind", e -> e.getKey().kind(), word(MovementKind.class));
    var charge = f.add("charge", e -> e.getKey().charge(), TEXT);
    var total =
        f.add("total", e -> Money.ofMinor(e.getKey().currency(), e.getValue().minor()), MONEY);
    return f.to(
        v ->
            Map.entry(
                new TotalKey(v.get(kind), v.get(charge), v.get(total).getCurrencyUnit()),
                new Counter(v.get(total).getAmountMinorLong())));
  }

  private static Shape<Chain<SendStep>> send() {
    var f = new Fields<Chain<SendStep>>();
    var step = f.add("step", chain -> chain, chain(SendStep.class));
    return f.to(v -> v.get(step));
  }

  private static Shape<MethodDetails> details() {
    var f = new Fields<MethodDetails>();
    var brand = f.add("brand", MethodDetails::brand, optional(TEXT));
    var lastDigits = f.add("lastDigits", MethodDetails::lastDigits, optional(TEXT));
    var expires = f.add("expires", MethodDetails::expires, optional(MONTH));
    var fingerprint = f.add("fingerprint", MethodDetails::fingerprint, optional(TEXT));
    return f.to(
        v ->
            new MethodDetails(v.get(brand), v.get(lastDigits), v.get(expires), v.get(fingerprint)));
  }

  private static Shape<Credential> credential() {
    var f = new Fields<Credential>();
    var details = f.add("details", Credential::details, DETAILS);
    var owner = f.add("owner", Credential::owner, TEXT_SEEN);
    var account = f.add("account", Credential::account, TEXT_SEEN);
    var isRemoved = f.add("isRemoved", Credential::isRemoved, FLAG);
    return f.to(
        v -> new Credential(v.get(details), v.get(owner), v.get(account), v.get(isRemoved)));
  }

  private static Shape<PaymentFacts> facts() {
    var f = new Fields<PaymentFacts>();
    var reference = f.add("reference", PaymentFacts::reference, TEXT_SEEN);
    var account = f.add("account", PaymentFacts::account, TEXT_SEEN);
    var mode = f.add("mode", PaymentFacts::mode, flat(MODE));
    var currency = f.add("currency", PaymentFacts::currency, flat(CURRENCY));
    var providerIds = f.add("providerIds", PaymentFacts::providerIds, sortedSet(PROVIDER_ID));
    var attempts = f.add("attempts", PaymentFacts::attempts, map(attempt().under("id", TEXT)));
    var authorizations =
        f.add(
            "authorizations", PaymentFacts::authorizations, map(authorization().under("id", TEXT)));
    var movements = f.add("movements", PaymentFacts::movements, map(movement().under("id", TEXT)));
    var disputes = f.add("disputes", PaymentFacts::disputes, map(dispute().under("id", TEXT)));
    var totals = f.add("totals", PaymentFacts::totals, map(total()));
    var sends = f.add("sends", PaymentFacts::sends, map(send().under("id", TEXT)));
    var credentials =
        f.add("credentials", PaymentFacts::credentials, map(credential().under("id", TEXT)));
    return f.to(
        v ->
            new PaymentFacts(
                v.get(reference),
                v.get(account),
                v.get(mode),
                v.get(currency),
                v.get(providerIds),
                v.get(attempts),
                v.get(authorizations),
                v.get(movements),
                v.get(disputes),
                v.get(totals),
                v.get(sends),
                v.get(credentials)));
  }
}
