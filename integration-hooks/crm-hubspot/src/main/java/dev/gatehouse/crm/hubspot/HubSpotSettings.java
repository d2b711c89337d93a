package dev.gatehouse.crm.hubspot;

import dev.gatehouse.sink.ConsentPolicy;
import dev.gatehouse.sink.PersonalData;
import dev.gatehouse.sink.SinkSettings;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of an instance, checked as far as they can be without asking HubSpot.
 *
 * @param accessToken who we are there
 * @param base where it listens
 * @param personalData whether it is told more than the address that a contact is found by
 * @param consent who is told of
 * @param properties which property is told what
 * @param signedUp the lifecycle stage of a new customer
 * @param bought the lifecycle stage of who has paid
 * @param contactIdKey under which key of the customer's metadata the contact's id is kept
 */
record HubSpotSettings(
    SecretValue accessToken,
    URI base,
    PersonalData personalData,
    ConsentPolicy consent,
    Map<Field, String> properties,
    Optional<String> signedUp,
    Optional<String> bought,
    String contactIdKey) {
  static final String ACCESS_TOKEN = "access-token";
  static final String BASE_URL = "base-url";
  static final String SIGNED_UP = "lifecycle-sign-up";
  static final String BOUGHT = "lifecycle-customer";
  static final String CONTACT_ID_KEY = "contact-id-key";
  static final String EMAIL = "email";
  static final String LIFECYCLE = "lifecyclestage";

  private static final Pattern TOKEN = Pattern.compile("[!-~]{8,512}");
  private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,50}");
  private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9_]{1,100}");

  static HubSpotSettings of(GatewaySettings plain) {
    SinkSettings settings = new SinkSettings(plain);
    String token =
        settings.matching(
            ACCESS_TOKEN, TOKEN, "is no access token", "copy it again from the key or app");
    HubSpotSettings read =
        new HubSpotSettings(
            SecretValue.of(token),
            settings.base(BASE_URL),
            PersonalData.read(settings, PersonalData.KEEP, PersonalData.DROP),
            ConsentPolicy.read(settings),
            properties(settings),
            stage(settings, SIGNED_UP),
            stage(settings, BOUGHT),
            settings.matching(
                CONTACT_ID_KEY, KEY, "is no key for metadata", "use letters, digits and '_'"));
    settings.demandFine();
    return read;
  }

  private static Map<Field, String> properties(SinkSettings settings) {
    Map<Field, String> properties = new EnumMap<>(Field.class);
    Set<String> taken = new HashSet<>(Set.of(EMAIL, LIFECYCLE));
    for (Field field : Field.values()) {
      String name =
          settings.matching(
              field.settingName(),
              PROPERTY,
              "is no internal name of a property",
              "use small letters, digits and '_', as the property's page shows it");
      if (!name.equals(Field.NONE)) {
        properties.put(field, name);
        if (!taken.add(name)) {
          settings.wrong(
              field.settingName(),
              "names a property that is told something else",
              "give each its own property, or none");
        }
      }
    }
    return Collections.unmodifiableMap(properties);
  }

  private static Optional<String> stage(SinkSettings settings, String name) {
    String stage =
        settings.matching(
            name,
            STAGE,
            "is no internal name of a stage",
            "use the stage's internal name, or none");
    return stage.equals(Field.NONE) ? Optional.empty() : Optional.of(stage);
  }
}
