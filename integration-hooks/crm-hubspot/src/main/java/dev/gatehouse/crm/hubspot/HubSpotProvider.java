package dev.gatehouse.crm.hubspot;

import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.sink.ConsentPolicy;
import dev.gatehouse.sink.HttpSink;
import dev.gatehouse.sink.PersonalData;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps contacts in HubSpot in step with customers: a contact for each, found by e-mail address,
 * with the plan, the membership's status and the lifecycle stage; deleted for good when the
 * customer is to be forgotten.
 */
public final class HubSpotProvider implements HookProvider {
  /** Found by {@link java.util.ServiceLoader}, or made by hand. */
  public HubSpotProvider() {}

  @Override
  public int hookVersion() {
    return HOOK_VERSION;
  }

  @Override
  public String id() {
    return "crm-hubspot";
  }

  @Override
  public HookDescription describe() {
    List<SettingSpec> settings = new ArrayList<>();
    settings.add(
        SettingSpec.required(
            HubSpotSettings.ACCESS_TOKEN,
            SettingKind.SECRET,
            "The token of a service key, or of a private app, that may read and write contacts, and"
                + " read their properties."));
    settings.add(
        SettingSpec.optional(HubSpotSettings.BASE_URL, SettingKind.URL, "Where it listens.")
            .orElse("https://api.hubapi.com"));
    settings.add(PersonalData.setting(PersonalData.KEEP, PersonalData.KEEP, PersonalData.DROP));
    settings.add(ConsentPolicy.setting());
    for (Field field : Field.values()) {
      settings.add(field.setting());
    }
    settings.add(
        SettingSpec.optional(
                HubSpotSettings.SIGNED_UP,
                SettingKind.TEXT,
                "The lifecycle stage of a new customer; none leaves it alone.")
            .orElse("lead"));
    settings.add(
        SettingSpec.optional(
                HubSpotSettings.BOUGHT,
                SettingKind.TEXT,
                "The lifecycle stage of who has paid; none leaves it alone.")
            .orElse("customer"));
    settings.add(
        SettingSpec.optional(
                HubSpotSettings.CONTACT_ID_KEY,
                SettingKind.TEXT,
                "Under which key of the customer's metadata the contact's id is kept; another one"
                    + " for a second account.")
            .orElse("crm_contact_id"));
    return HookDescription.of(
        "HubSpot",
        HubSpotProvider.class,
        Set.of(
            CustomerCreated.class,
            CheckoutCompleted.class,
            MembershipStatusChanged.class,
            CustomerErased.class),
        settings);
  }

  @Override
  public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
    HubSpotSettings read = HubSpotSettings.of(settings);
    HttpSink sink = HubSpotApi.sink(environment);
    Supplier<HubSpotApi> calls = () -> new HubSpotApi(read, sink, environment.deadline());
    StartCheck.demandFit(calls.get(), read, environment.instance());
    return new HubSpotHook(read, calls, environment.instance());
  }
}
