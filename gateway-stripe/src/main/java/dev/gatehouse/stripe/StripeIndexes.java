package dev.gatehouse.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the numbers of a list's items as Stripe reads them. The SDK writes them in the digits of
 * the server's language, so that in Arabic it says {@code expand[٠]}, which Stripe does not know.
 */
final class StripeIndexes {
  private static final Pattern ENCODED = Pattern.compile("\\[((?:%[0-9A-F]{2})+)]");

  private StripeIndexes() {}

  /** A form, or an address with one, with plain digits in the brackets of its names. */
  static String plain(String form) {
    return form.contains("[%")
        ? Stream.of(form.split("&", -1))
            .map(StripeIndexes::plainField)
            .collect(Collectors.joining("&"))
        : form;
  }

  /** Brackets in a value are the caller's own. */
  private static String plainField(String field) {
    int equals = field.indexOf('=');
    int end = equals < 0 ? field.length() : equals;
    String name = ENCODED.matcher(field.substring(0, end)).replaceAll(StripeIndexes::plainIndex);
    return name + field.substring(end);
  }

  private static String plainIndex(MatchResult found) {
    String index = URLDecoder.decode(found.group(1), StandardCharsets.UTF_8);
    String plain =
        index.chars().allMatch(Character::isDigit)
            ? "[" + Integer.parseInt(index) + "]"
            : found.group();
    return Matcher.quoteReplacement(plain);
  }
}
