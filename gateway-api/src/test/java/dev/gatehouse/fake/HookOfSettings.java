package dev.gatehouse.fake;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.event.CheckoutCompleted;
import dev.gatehouse.event.CustomerCreated;
import dev.gatehouse.event.CustomerErased;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookDescription;
import dev.gatehouse.hook.HookEnvironment;
import dev.gatehouse.hook.HookProvider;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A provider of hooks that note what they were told, and with what at hand. */
public final class HookOfSettings implements HookProvider {
  /** What its hooks were told of, in order. */
  public final List<String> told = new ArrayList<>();

  /** Its hooks that were closed. */
  public final List<String> closed = new ArrayList<>();

  /** What its hooks answer. */
  public HookResult answer = HookResult.delivered();

  @Override
  public int hookVersion() {
    return HOOK_VERSION;
  }

  @Override
  public String id() {
    return "noting";
  }

  @Override
  public HookDescription describe() {
    return HookDescription.of(
        "Noting",
        HookOfSettings.class,
        Set.of(CustomerCreated.class, CheckoutCompleted.class, CustomerErased.class),
        List.of(
            SettingSpec.required("token", SettingKind.SECRET, "who we are"),
            SettingSpec.optional("colour", SettingKind.TEXT, "of what it writes").orElse("red")));
  }

  @Override
  public LifecycleHook open(GatewaySettings settings, HookEnvironment environment) {
    if (settings.required("token").startsWith("wrong")) {
      throw new ConfigurationException(
          List.of(
              new Problem("token", "token.wrong", "is " + settings.required("token"), "mend it"),
              new Problem("colour", "colour.wrong", "does not go with it", "mend it, too")));
    }
    return new Noting(environment.instance(), settings.required("colour"));
  }

  private final class Noting implements LifecycleHook, AutoCloseable {
    private final String instance;
    private final String colour;

    Noting(String instance, String colour) {
      this.instance = instance;
      this.colour = colour;
    }

    @Override
    public String id() {
      return "not-asked";
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return true;
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      Optional<String> kept = context.customer().map(c -> c.metadata().toString());
      told.add(instance + " " + colour + " " + event.type() + " " + kept.orElse(""));
      context.putCustomerMetadata("id-in-" + instance, "7");
      return answer;
    }

    @Override
    public void close() {
      closed.add(instance);
    }
  }
}
