package dev.gatehouse.analytics.ga4;

import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.event.PaymentFailed;
import dev.gatehouse.event.PaymentRefunded;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.sink.ConsentPolicy;
import dev.gatehouse.sink.PersonalData;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.List;
import java.util.Set;

/**
 * Tells Google Analytics 4 of purchases, refunds, members who left, and payments that failed,
 * through the Measurement Protocol.
 */
public final class Ga4Provider implements HookProvider {
  /** Found by {@link java.util.ServiceLoader}, or made by hand. */
  public Ga4Provider() {}

  @Override
  public int hookVersion() {
    return HOOK_VERSION;
  }

  @Override
  public String id() {
    return "analytics-ga4";
  }

  @Override
  public HookDescription describe() {
    return HookDescription.of(
        "Google Analytics 4",
        Ga4Provider.class,
        Set.of(
            CheckoutCompleted.class,
            PaymentRefunded.class,
            MembershipStatusChanged.class,
            PaymentFailed.class),
        List.of(
            SettingSpec.required(
                Ga4Settings.MEASUREMENT_ID,
                SettingKind.TEXT,
                "The web data stream's measurement id, G-…; Admin, Data streams."),
            SettingSpec.required(
                Ga4Settings.API_SECRET,
                SettingKind.SECRET,
                "A secret of that data stream; Admin, Data streams, Measurement Protocol."),
            SettingSpec.optional(
                    Ga4Settings.BASE_URL,
                    SettingKind.URL,
                    "Where it listens; https://region1.google-analytics.com stays in the EU.")
                .orElse("https://www.google-analytics.com"),
            SettingSpec.optional(
                    Ga4Settings.DEBUG,
                    SettingKind.BOOLEAN,
                    "Whether events are only validated there, and not counted.")
                .orElse("false"),
            SettingSpec.optional(
                    Ga4Settings.LATE,
                    SettingKind.TEXT,
                    "What becomes of events that are older than it takes with their time: send"
                        + " (with the time of sending) or drop.")
                .orElse(Ga4Settings.SEND),
            SettingSpec.optional(
                    Ga4Settings.CHURN, SettingKind.TEXT, "What a member who left is called there.")
                .orElse("churn"),
            SettingSpec.optional(
                    Ga4Settings.FAILURE, SettingKind.TEXT, "What a failed payment is called there.")
                .orElse("payment_failed"),
            PersonalData.setting(PersonalData.DROP, PersonalData.DROP, PersonalData.HASH),
            ConsentPolicy.setting()));
  }

  @Override
  public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
    return new Ga4Hook(Ga4Settings.of(settings), environment);
  }
}
