package dev.gatehouse.crm.hubspot;

import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.Locale;
import java.util.Optional;

/** What a contact can be told of, each in a property that the settings name. */
enum Field {
  /** The name, in whatever order its bearer writes it. */
  NAME("the customer's name", Optional.of("firstname")),
  /** Our id. */
  CUSTOMER_ID("our id of the customer", Optional.empty()),
  /** The day of registration. */
  SIGNUP_DATE("the day on which the customer registered, as a date", Optional.empty()),
  /** The plan's id. */
  PLAN_ID("the id of the plan", Optional.empty()),
  /** The plan's name. */
  PLAN("the name of the plan", Optional.empty()),
  /** The membership's status. */
  STATUS("the membership's status: pending, active or cancelled", Optional.empty());

  /** What stands for no property. */
  static final String NONE = "none";

  private final String what;
  private final Optional<String> usual;

  Field(String what, Optional<String> usual) {
    this.what = what;
    this.usual = usual;
  }

  /** Such as {@code property-plan-id}. */
  String settingName() {
    return "property-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  SettingSpec setting() {
    return SettingSpec.optional(
            settingName(),
            SettingKind.TEXT,
            "The internal name of the contact property for " + what + "; none leaves it out.")
        .orElse(usual.orElse(NONE));
  }
}
