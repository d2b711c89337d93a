package dev.gatehouse.analytics.ga4;

import dev.gatehouse.sink.ConsentPolicy;
import dev.gatehouse.sink.PersonalData;
import dev.gatehouse.sink.SinkSettings;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of an instance, checked.
 *
 * @param measurementId which data stream
 * @param apiSecret its secret, which is part of the address
 * @param base where the service listens
 * @param debug whether events are only validated
 * @param dropsLate whether events are dropped that are too old for their time to be taken
 * @param churn the name of the event for a member who left
 * @param failure the name of the event for a failed payment
 * @param personalData whether the hashed e-mail address goes along
 * @param consent who is told of
 */
record Ga4Settings(
    String measurementId,
    SecretValue apiSecret,
    URI base,
    boolean debug,
    boolean dropsLate,
    String churn,
    String failure,
    PersonalData personalData,
    ConsentPolicy consent) {
  static final String MEASUREMENT_ID = "measurement-id";
  static final String API_SECRET = "api-secret";
  static final String BASE_URL = "base-url";
  static final String DEBUG = "debug";
  static final String LATE = "late-events";
  static final String SEND = "send";
  static final String DROP = "drop";
  static final String CHURN = "churn-event";
  static final String FAILURE = "failure-event";

  private static final Pattern STREAM = Pattern.compile("G-[A-Z0-9]{4,20}");

  /** Letters and digits that may stand in an address as they are. */
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._~-]{8,128}");

  /** The service can't be asked whether they are right: it takes whatever is sent. */
  static Ga4Settings of(GatewaySettings plain) {
    SinkSettings settings = new SinkSettings(plain);
    String stream =
        settings.matching(
            MEASUREMENT_ID, STREAM, "is no measurement id", "set the id that begins with G-");
    String secret =
        settings.matching(
            API_SECRET,
            SECRET,
            "is no secret of the Measurement Protocol",
            "copy it again from the data stream's page");
    Ga4Settings read =
        new Ga4Settings(
            stream,
            SecretValue.of(secret),
            settings.base(BASE_URL),
            plain.isTrue(DEBUG),
            settings.oneOf(LATE, Set.of(SEND, DROP)).filter(DROP::equals).isPresent(),
            eventName(settings, CHURN),
            eventName(settings, FAILURE),
            PersonalData.read(settings, PersonalData.DROP, PersonalData.HASH),
            ConsentPolicy.read(settings));
    settings.demandFine();
    return read;
  }

  private static String eventName(SinkSettings settings, String name) {
    String event = settings.plain().required(name);
    if (!Ga4Rules.isFreeName(event)) {
      settings.wrong(
          name,
          "is no name for an event of one's own",
          "use a letter and then letters, digits and '_', 40 at most, and no name or prefix of"
              + " Google's own");
    }
    return event;
  }

  /** The address, which holds the secret: it goes into a request, and nowhere else. */
  URI address() {
    return SinkSettings.below(
        base,
        (debug ? "/debug/mp/collect" : "/mp/collect")
            + "?measurement_id="
            + measurementId
            + "&api_secret="
            + apiSecret.reveal());
  }
}
