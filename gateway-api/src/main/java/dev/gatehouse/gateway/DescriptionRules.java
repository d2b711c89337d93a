package dev.gatehouse.gateway;

import dev.gatehouse.plugin.SettingsRules;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.Recovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must be true of a provider's description, and of an opened gateway against it. */
final class DescriptionRules {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  /** Times are added to instants; one that says "for ever" would be no time at all. */
  private static final Duration LONGEST = Duration.ofDays(400);

  private DescriptionRules() {}

  /** What is wrong with what a provider says of itself; empty if nothing is. */
  static List<String> faults(@Nullable String id, @Nullable GatewayDescription description) {
    List<String> faults = new ArrayList<>();
    if (id == null || !ID.matcher(id).matches()) {
      faults.add("its id must be 1 to 32 of a-z, 0-9 and '-'");
    }
    if (description == null) {
      faults.add("describe() returned null");
      return faults;
    }
    if (isBlank(description.name()) || isBlank(description.version())) {
      faults.add("its name and version must not be blank");
    }
    if (description.descriptionLimit() < 0) {
      faults.add("its descriptionLimit must not be negative");
    }
    if (description.methods().isEmpty()) {
      faults.add("it declares no payment method");
    }
    description
        .methods()
        .forEach(
            (type, spec) -> {
              if (!METHOD.matcher(type).matches()) {
                faults.add("payment method '" + type + "' must be of a-z, 0-9 and '_'");
              }
              if (!type.equals(spec.type())) {
                faults.add("payment method '" + spec.type() + "' is declared under '" + type + "'");
              }
            });
    capabilityFaults(description, faults);
    recoveryFaults(description, faults);
    faults.addAll(SettingsRules.faults(GatewayKind.GATEWAY, description.settings()));
    return faults;
  }

  /** How an opened gateway differs from what was declared; empty if it does not. */
  static List<String> faults(PaymentGateway gateway, Set<Capability> declared) {
    List<String> faults = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      capability
          .implementedBy()
          .ifPresent(
              type -> {
                boolean implemented = Capability.in(gateway, type).isPresent();
                if (implemented && !declared.contains(capability)) {
                  faults.add(
                      "implements " + type.getSimpleName() + " without declaring " + capability);
                }
                if (!implemented && declared.contains(capability)) {
                  faults.add(
                      "declares " + capability + " without implementing " + type.getSimpleName());
                }
              });
    }
    return faults;
  }

  private static void capabilityFaults(GatewayDescription description, List<String> faults) {
    for (String method : description.methods().keySet()) {
      Set<Capability> declared = description.capabilitiesOf(method);
      for (Capability capability : declared) {
        if (!declared.containsAll(capability.implied())) {
          faults.add(
              capability
                  + " of payment method '"
                  + method
                  + "' needs "
                  + capability.implied()
                  + " to be declared as well");
        }
      }
    }
  }

  private static void recoveryFaults(GatewayDescription description, List<String> faults) {
    Set<Capability> declared = description.capabilities();
    for (OperationKind kind : OperationKind.values()) {
      if (description.recovery().containsKey(kind)
          && kind.needs().filter(needed -> !declared.contains(needed)).isPresent()) {
        faults.add("the recovery of " + kind + " is declared, but not " + kind.needs().get());
      }
      Recovery recovery = description.recoveryOf(kind);
      recovery
          .lookup()
          .map(Recovery.ByLookup::settles)
          .filter(DescriptionRules::isOutOfRange)
          .ifPresent(time -> faults.add(outOfRange(kind, "settle time", time)));
      recovery
          .replay()
          .filter(DescriptionRules::isOutOfRange)
          .ifPresent(time -> faults.add(outOfRange(kind, "time to replay", time)));
    }
  }

  private static boolean isOutOfRange(Duration time) {
    return time.isNegative() || time.compareTo(LONGEST) > 0;
  }

  private static String outOfRange(OperationKind kind, String what, Duration time) {
    return "the "
        + what
        + " of "
        + kind
        + " is "
        + time
        + "; declare 0 to "
        + LONGEST.toDays()
        + " days; what never ends is as long as that";
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
