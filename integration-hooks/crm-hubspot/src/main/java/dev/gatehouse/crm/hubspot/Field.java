package dev.gatehouse.crm.hubspot;

import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a contact can be told of, each in a property that the settings name. */
enum Field {
  /** The name, in whatever order its bearer writes it. */
  NAME("the customer's name", Optional.of("firstname"), Set.of(Field.TEXT)),
  /** Our id. */
  CUSTOMER_ID("our id of the customer", Optional.empty(), Set.of(Field.TEXT)),
  /** The day of registration. */
  SIGNUP_DATE(
      "the day on which the customer registered, as a date",
      Optional.empty(),
      Set.of("date", Field.TEXT)),
  /** The plan's id. */
  PLAN_ID("the id of the plan", Optional.empty(), Set.of(Field.TEXT, Field.CHOICE)),
  /** The plan's name. */
  PLAN("the name of the plan", Optional.empty(), Set.of(Field.TEXT, Field.CHOICE)),
  /** The status of the memberships. */
  STATUS(
      "the status of the memberships: active or cancelled",
      Optional.empty(),
      Set.of(Field.TEXT, Field.CHOICE));

  /** What stands for no property. */
  static final String NONE = "none";

  /** What HubSpot calls a property for text. */
  static final String TEXT = "string";

  /** What HubSpot calls a property with options. */
  static final String CHOICE = "enumeration";

  private final String what;
  private final Optional<String> usual;
  private final Set<String> types;

  Field(String what, Optional<String> usual, Set<String> types) {
    this.what = what;
    this.usual = usual;
    this.types = types;
  }

  /** The types of properties that take it, as HubSpot calls them. */
  SortedSet<String> types() {
    return new TreeSet<>(types);
  }

  /** All that it may say, if that is known; a property with options has to have them. */
  Set<String> words() {
    return this == STATUS ? Set.of("active", "cancelled") : Set.of();
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
