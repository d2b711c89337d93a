package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.validation.NoCardNumber;
import dev.gatehouse.validation.SingleLine;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What may be remembered of a stored payment method, so that people know which one it is. It can't
 * hold a card number. Immutable.
 *
 * <p>Of two sightings the later one counts whole, and that is the one that expires later: banks
 * renew cards, and providers take the new one in.
 *
 * @param brand the network or the wallet, in the provider's words, such as {@code visa}: at most 32
 *     characters on one line
 * @param lastDigits the last digits of its number, at most four
 * @param expires the last month in which it can be charged, of a year of four digits
 * @param fingerprint the provider's mark of the account behind it: two methods of one customer with
 *     the same mark are the same card. At most 255 characters on one line
 */
public record MethodDetails(
    Optional<String> brand,
    Optional<String> lastDigits,
    Optional<YearMonth> expires,
    Optional<String> fingerprint)
    implements Joinable<MethodDetails>, Comparable<MethodDetails> {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,4}");
  private static final int LAST_YEAR = 9999;
  private static final int LONGEST_BRAND = 32;
  private static final int LONGEST_FINGERPRINT = 255;
  private static final MethodDetails NONE =
      new MethodDetails(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  private static final Comparator<MethodDetails> ORDER =
      Comparator.<MethodDetails, YearMonth>comparing(
              details -> details.expires.orElse(YearMonth.of(0, 1)))
          .thenComparing(details -> details.fingerprint.orElse(""))
          .thenComparing(details -> details.lastDigits.orElse(""))
          .thenComparing(details -> details.brand.orElse(""));

  /** Refuses what is missing or malformed, and whatever could be a card number. */
  public MethodDetails {
    demand("brand", required("brand", brand), MethodDetails::isBrand);
    demand("lastDigits", required("lastDigits", lastDigits), MethodDetails::isLastDigits);
    demand("expires", required("expires", expires), MethodDetails::isMonth);
    demand("fingerprint", required("fingerprint", fingerprint), MethodDetails::isFingerprint);
  }

  /** Nothing known. */
  public static MethodDetails none() {
    return NONE;
  }

  /** This, with the network or the wallet; left out if it is malformed. */
  public MethodDetails brand(String seen) {
    Optional<String> known = Optional.of(seen).filter(MethodDetails::isBrand);
    return new MethodDetails(known, lastDigits, expires, fingerprint);
  }

  /** This, with the last digits of its number; left out if they are anything else. */
  public MethodDetails lastDigits(String seen) {
    Optional<String> known = Optional.of(seen).filter(MethodDetails::isLastDigits);
    return new MethodDetails(brand, known, expires, fingerprint);
  }

  /** This, with the last month in which it can be charged; left out if it is of no such year. */
  public MethodDetails expiring(YearMonth month) {
    Optional<YearMonth> known = Optional.of(month).filter(MethodDetails::isMonth);
    return new MethodDetails(brand, lastDigits, known, fingerprint);
  }

  /** This, with the provider's mark of the account behind it; left out if it is malformed. */
  public MethodDetails fingerprint(String seen) {
    Optional<String> known = Optional.of(seen).filter(MethodDetails::isFingerprint);
    return new MethodDetails(brand, lastDigits, expires, known);
  }

  /** Whether it can't be charged in this month any more. */
  public boolean isExpiredIn(YearMonth month) {
    return expires.filter(month::isAfter).isPresent();
  }

  @Override
  public MethodDetails join(MethodDetails other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** The one that expires later is greater. */
  @Override
  public int compareTo(MethodDetails other) {
    return ORDER.compare(this, other);
  }

  private static boolean isMonth(YearMonth month) {
    return month.getYear() >= 0 && month.getYear() <= LAST_YEAR;
  }

  private static boolean isBrand(String text) {
    return isText(text, LONGEST_BRAND);
  }

  private static boolean isFingerprint(String text) {
    return isText(text, LONGEST_FINGERPRINT);
  }

  private static boolean isLastDigits(String text) {
    return DIGITS.matcher(text).matches();
  }

  private static boolean isText(String text, int longest) {
    return !text.isBlank()
        && text.length() <= longest
        && SingleLine.Rule.isOneLine(text)
        && !NoCardNumber.Rule.isIn(text);
  }

  private static <T> void demand(String field, Optional<T> seen, Predicate<T> form) {
    if (seen.isPresent() && !form.test(seen.get())) {
      throw new InvalidInputException(
          new Problem(
              field,
              "method-details",
              "can't be kept: it is malformed, too long, or could be a card number",
              "leave it out"));
    }
  }
}
