package dev.gatehouse.sink;

import dev.gatehouse.customer.Attribution;
import dev.gatehouse.customer.Purpose;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.Optional;
import java.util.Set;

/** Whether a service is told of a customer who was not asked. */
public enum ConsentPolicy {
  /** Only if the customer agreed. */
  REQUIRED,
  /** Unless the customer refused. */
  UNLESS_DENIED;

  private static final String SETTING = "consent";
  private static final String NEEDED = "required";
  private static final String ASSUMED = "unless-denied";

  /** The setting. */
  public static SettingSpec setting() {
    return SettingSpec.optional(
            SETTING,
            SettingKind.TEXT,
            "Whether a customer has to agree first (required), or not to have refused"
                + " (unless-denied).")
        .orElse(ASSUMED);
  }

  /** What is set; anything else is noted as a problem. */
  public static ConsentPolicy read(SinkSettings settings) {
    return settings.oneOf(SETTING, Set.of(NEEDED, ASSUMED)).filter(NEEDED::equals).isPresent()
        ? REQUIRED
        : UNLESS_DENIED;
  }

  /** Whether the service may be told of a visit for a purpose. */
  public boolean allows(Optional<Attribution> visit, Purpose purpose) {
    if (visit.filter(known -> known.denied().contains(purpose)).isPresent()) {
      return false;
    }
    return this == UNLESS_DENIED
        || visit.filter(known -> known.granted().contains(purpose)).isPresent();
  }
}
