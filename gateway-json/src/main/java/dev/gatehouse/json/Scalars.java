package dev.gatehouse.json;

import dev.gatehouse.id.CheckoutId;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.MembershipId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.id.PlanId;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The forms of single values. */
final class Scalars {
  static final Codec<String> TEXT =
      new Codec<>() {
        @Override
        public void write(JsonGenerator out, String value) {
          out.writeString(value);
        }

        @Override
        public String read(JsonParser in) {
          demand(in.currentToken() == JsonToken.VALUE_STRING);
          return in.getString();
        }
      };

  static final Codec<Long> NUMBER =
      new Codec<>() {
        @Override
        public void write(JsonGenerator out, Long value) {
          out.writeNumber(value);
        }

        @Override
        public Long read(JsonParser in) {
          demand(in.currentToken() == JsonToken.VALUE_NUMBER_INT);
          return in.getLongValue();
        }
      };

  static final Codec<Integer> COUNT =
      new Codec<>() {
        @Override
        public void write(JsonGenerator out, Integer value) {
          out.writeNumber(value);
        }

        @Override
        public Integer read(JsonParser in) {
          demand(in.currentToken() == JsonToken.VALUE_NUMBER_INT);
          return in.getIntValue();
        }
      };

  static final Codec<Boolean> FLAG =
      new Codec<>() {
        @Override
        public void write(JsonGenerator out, Boolean value) {
          out.writeBoolean(value);
        }

        @Override
        public Boolean read(JsonParser in) {
          demand(in.currentToken().isBoolean());
          return in.getBooleanValue();
        }
      };

  /** ISO 8601 in UTC, exact to the nanosecond. */
  static final Codec<Instant> TIME = TEXT.as(Times::parse, Instant::toString);

  /** ISO 8601, exact to the nanosecond. */
  static final Codec<Duration> DURATION = TEXT.as(Duration::parse, Duration::toString);

  /** ISO 8601, such as {@code 2030-04}. */
  static final Codec<YearMonth> MONTH = TEXT.as(YearMonth::parse, YearMonth::toString);

  static final Codec<URI> ADDRESS = TEXT.as(URI::create, URI::toString);

  /** BCP 47; what is no language tag is refused, not dropped. */
  static final Codec<Locale> LANGUAGE =
      TEXT.as(tag -> new Locale.Builder().setLanguageTag(tag).build(), Locale::toLanguageTag);

  static final Codec<CurrencyUnit> CURRENCY = TEXT.as(CurrencyUnit::of, CurrencyUnit::getCode);

  static final Shape<Money> MONEY = money();

  static final Codec<CheckoutId> CHECKOUT_ID = TEXT.as(CheckoutId::new, CheckoutId::value);
  static final Codec<CustomerId> CUSTOMER_ID = TEXT.as(CustomerId::new, CustomerId::value);
  static final Codec<GatewayInstanceId> GATEWAY_ID =
      TEXT.as(GatewayInstanceId::new, GatewayInstanceId::value);
  static final Codec<MembershipId> MEMBERSHIP_ID = TEXT.as(MembershipId::new, MembershipId::value);
  static final Codec<PaymentId> PAYMENT_ID = TEXT.as(PaymentId::new, PaymentId::value);
  static final Codec<PlanId> PLAN_ID = TEXT.as(PlanId::new, PlanId::value);

  private Scalars() {}

  /** An enum by the names of its constants. A name that is not there is an error, never a guess. */
  static <E extends Enum<E>> Codec<E> word(Class<E> type) {
    Map<String, E> words =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
    return TEXT.as(
        word -> {
          E constant = words.get(word);
          if (constant == null) {
            throw new Refused(Fault.UNKNOWN_WORD);
          }
          return constant;
        },
        Enum::name);
  }

  static void demand(boolean isOfType) {
    if (!isOfType) {
      throw new Refused(Fault.WRONG_TYPE);
    }
  }

  /** Digits as text: a number of JSON is a binary fraction to many who read it. */
  private static Shape<Money> money() {
    var f = new Fields<Money>();
    var amount =
        f.add("amount", Money::getAmount, TEXT.as(Scalars::amount, BigDecimal::toPlainString));
    var currency = f.add("currency", Money::getCurrencyUnit, CURRENCY);
    return f.to(v -> Money.of(v.get(currency), v.get(amount)));
  }

  /** Digits only: an exponent could stand for a number that fills the memory. */
  private static BigDecimal amount(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-') {
        throw new Refused(Fault.NOT_ALLOWED);
      }
    }
    return new BigDecimal(text);
  }
}
