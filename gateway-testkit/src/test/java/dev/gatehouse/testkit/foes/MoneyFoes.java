package dev.gatehouse.testkit.foes;

import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Wrong about how money is written. */
final class MoneyFoes {
  private static final Pattern AMOUNT = Pattern.compile("\"amount\":\"([^\"]*)\"");

  private MoneyFoes() {}

  /** Changes the amounts of requests. */
  private abstract static class OfAmounts extends Foe {
    OfAmounts(String id, String must, String remedy) {
      super(id, must, remedy);
    }

    abstract String wrong(String amount, String currency);

    @Override
    Wire.Pass door(GatewaySettings settings, GatewayEnvironment environment) {
      return (request, next) -> {
        String body = Wire.text(request);
        Matcher found = AMOUNT.matcher(body);
        if (!found.find()) {
          return next.send(request);
        }
        String amount = wrong(found.group(1), Wire.field(body, "currency"));
        return next.send(
            Wire.with(request, b -> found.replaceFirst("\"amount\":\"" + amount + "\"")));
      };
    }
  }

  /** Money goes through a double on its way. */
  public static final class AmountThroughADouble extends OfAmounts {
    /** For {@link java.util.ServiceLoader}. */
    public AmountThroughADouble() {
      super(
          "foe-84",
          "Currency: the maximum; no binary float on the wire",
          "Write amounts by CurrencyProfile, never by a double.");
    }

    @Override
    String wrong(String amount, String currency) {
      double value = Double.parseDouble(amount);
      return value < 10_000_000 ? amount : Double.toString(value);
    }
  }

  /** Money goes through a float: cents are lost in large amounts. */
  public static final class AmountThroughAFloat extends OfAmounts {
    /** For {@link java.util.ServiceLoader}. */
    public AmountThroughAFloat() {
      super(
          "foe-85",
          "Currency: no binary float on the wire (Invariant 2: no money value passes through a"
              + " binary float; nothing is rounded silently)",
          "Write amounts by CurrencyProfile, never by a float.");
    }

    @Override
    String wrong(String amount, String currency) {
      int decimals = amount.contains(".") ? amount.length() - amount.indexOf('.') - 1 : 0;
      return java.math.BigDecimal.valueOf(Float.parseFloat(amount))
          .setScale(decimals, java.math.RoundingMode.HALF_UP)
          .toPlainString();
    }
  }

  /** The dinar's third decimal is lost. */
  public static final class DinarHasTwoDecimals extends OfAmounts {
    /** For {@link java.util.ServiceLoader}. */
    public DinarHasTwoDecimals() {
      super(
          "foe-86",
          "Currency: JPY, USD, KWD, CLF and the provider's special ones both ways",
          "Take the decimals of each currency from CurrencyProfile.");
    }

    @Override
    String wrong(String amount, String currency) {
      return currency.equals("KWD") && amount.length() > 4
          ? amount.substring(0, amount.length() - 1) + "0"
          : amount;
    }
  }

  /** What is less than the acquirer's minimum is charged at the minimum. */
  public static final class SmallAmountsBecomeTheMinimum extends OfAmounts {
    /** For {@link java.util.ServiceLoader}. */
    public SmallAmountsBecomeTheMinimum() {
      super(
          "foe-87",
          "Currency: one minor unit, the maximum, the minimum charge",
          "Declare the minimum in the CurrencyProfile; never change an amount.");
    }

    @Override
    String wrong(String amount, String currency) {
      return amount.matches("0\\.[0-4][0-9]") ? "0.50" : amount;
    }
  }
}
