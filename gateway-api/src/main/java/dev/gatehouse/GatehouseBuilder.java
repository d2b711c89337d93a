package dev.gatehouse;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.engine.Engine;
import dev.gatehouse.engine.EnginePolicy;
import dev.gatehouse.engine.IdSource;
import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.gateway.GatewayConfig;
import dev.gatehouse.gateway.GatewayConfigs;
import dev.gatehouse.gateway.GatewayFolder;
import dev.gatehouse.gateway.Gateways;
import dev.gatehouse.gateway.WhenRefused;
import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.Hooks;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.operations.Operations;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.validation.InputValidator;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link Gatehouse} is made of. Without a word, it has an in-memory store, the
 * gateways found on the class path or module path, and the system's clock. Not thread-safe.
 */
public final class GatehouseBuilder {
  private static final Pattern HOOK_ID = Pattern.compile("[a-z0-9-]{1,64}");

  private Store store = new InMemoryStore();
  private @Nullable GatewayCatalog catalog;
  private @Nullable HttpTransport transport;
  private @Nullable Path folder;
  private GatewayConfigs configs = GatewayConfigs.collect();
  private final List<GatewayConfig> byHand = new ArrayList<>();
  private WhenRefused whenRefused = WhenRefused.STOP;
  private final List<LifecycleHook> hooks = new ArrayList<>();
  private HookConfigs hookConfigs = HookConfigs.collect();
  private @Nullable HookCatalog hookCatalog;
  private @Nullable Path hookFolder;
  private Clock clock = Clock.systemUTC();
  private EnginePolicy policy = EnginePolicy.defaults();
  private Duration timeLimit = Duration.ofSeconds(30);
  private Duration pause = Duration.ofMillis(500);
  private IdSource ids = randomIds();

  GatehouseBuilder() {}

  /** Where records live. */
  public GatehouseBuilder store(Store port) {
    store = required("store", port);
    return this;
  }

  /** The gateway providers to choose from, instead of those that are discovered. */
  public GatehouseBuilder catalog(GatewayCatalog providers) {
    catalog = required("catalog", providers);
    return this;
  }

  /**
   * A folder of gateway providers, one sub-folder each, beside those of the {@linkplain
   * #catalog(GatewayCatalog) catalog}. It is closed with the gatehouse.
   *
   * @see GatewayFolder
   */
  public GatehouseBuilder gatewayFolder(Path gateways) {
    folder = required("folder", gateways);
    return this;
  }

  /** A gateway instance to open. */
  public GatehouseBuilder gateway(GatewayConfig config) {
    byHand.add(required("gateway", config));
    return this;
  }

  /** The gateway instances that properties, the environment and code declare. */
  public GatehouseBuilder gateways(GatewayConfigs collected) {
    configs = required("gateways", collected);
    return this;
  }

  /** What happens if some instances can't be opened; nothing is opened if not said. */
  public GatehouseBuilder whenRefused(WhenRefused choice) {
    whenRefused = required("whenRefused", choice);
    return this;
  }

  /** A hook to deliver events to. */
  public GatehouseBuilder hook(LifecycleHook hook) {
    hooks.add(required("hook", hook));
    return this;
  }

  /**
   * The hook instances that properties, the environment and code declare, of providers that are
   * found on the class path or module path.
   */
  public GatehouseBuilder hooks(HookConfigs collected) {
    hookConfigs = required("hooks", collected);
    return this;
  }

  /**
   * The hook providers to choose from, instead of those that are found. Closed with the gatehouse.
   */
  public GatehouseBuilder hookCatalog(HookCatalog providers) {
    hookCatalog = required("catalog", providers);
    return this;
  }

  /**
   * A folder of hook providers, one sub-folder each with its libraries, beside those that are found
   * on the class path or module path. It is closed with the gatehouse.
   */
  public GatehouseBuilder hookFolder(Path folder) {
    hookFolder = required("folder", folder);
    return this;
  }

  /**
   * Every hook that {@link ServiceLoader} finds on the class path or module path and that needs no
   * settings; those with settings are declared: {@link #hooks(HookConfigs)}.
   *
   * @throws ConfigurationException if one can't be loaded: without it, events would be lost in
   *     silence
   */
  public GatehouseBuilder discoverHooks() {
    List<LifecycleHook> found = new ArrayList<>();
    try {
      ServiceLoader.load(LifecycleHook.class, GatehouseBuilder.class.getClassLoader())
          .forEach(found::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ConfigurationException(
          new Problem(
              "hook",
              "hook.broken",
              "a hook cannot be loaded: " + e.getMessage(),
              "fix or remove its JAR, or add the hooks by hand"));
    }
    hooks.addAll(found);
    return this;
  }

  /** The door to the network, instead of the default one. It is closed with the gatehouse. */
  public GatehouseBuilder transport(HttpTransport door) {
    transport = required("transport", door);
    return this;
  }

  /** The time. */
  public GatehouseBuilder clock(Clock time) {
    clock = required("clock", time);
    return this;
  }

  /** What is done where there is a choice. */
  public GatehouseBuilder policy(EnginePolicy choices) {
    policy = required("policy", choices);
    return this;
  }

  /** How long one call to a gateway may take; 30 seconds if not said. */
  public GatehouseBuilder timeLimit(Duration limit) {
    timeLimit = required("timeLimit", limit);
    return this;
  }

  /** Where new ids come from; random ones if not said. */
  public GatehouseBuilder ids(IdSource source) {
    required("ids", source);
    ids = () -> required("id", source.next());
    return this;
  }

  /**
   * Opens the gateways and puts everything together.
   *
   * @throws ConfigurationException with everything that is wrong; no gateway stays open, nor does
   *     the transport once gateways were opened with it
   */
  public Gatehouse build() {
    List<Problem> problems = hookProblems(hooks);
    timeProblems(problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    InputValidator validator = InputValidator.create();
    Opened opened = new Opened();
    boolean done = false;
    try {
      Gatehouse gatehouse = build(opened, validator);
      done = true;
      return gatehouse;
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  private Gatehouse build(Opened opened, InputValidator validator) {
    HttpTransport door =
        transport != null ? transport : HttpTransport.create(HttpOptions.defaults());
    Gateways gateways = openGateways(opened, door, validator);
    Engine engine = new Engine(store, gateways, openHooks(opened, door), policy, clock, ids);
    Language english = new Language(validator, Locale.ENGLISH);
    Operations operations =
        Operations.on(engine, store, gateways, clock, policy.callGrace(), english);
    return new Gatehouse(engine, gateways, opened, english, operations, new Background(pause));
  }

  private Gateways openGateways(Opened opened, HttpTransport door, InputValidator validator) {
    GatewayCatalog providers = catalog != null ? catalog : GatewayCatalog.discover();
    if (folder != null) {
      GatewayFolder dropped = GatewayFolder.open(folder);
      opened.folder = dropped;
      providers = providers.and(dropped.catalog());
    }
    Gateways gateways =
        Gateways.open(
            providers, configs.and(byHand), whenRefused, validator, door, clock, timeLimit);
    opened.gateways = gateways;
    return gateways;
  }

  /** Those that were added as they are, and those that have settings. */
  private List<LifecycleHook> openHooks(Opened opened, HttpTransport door) {
    Hooks configured = Hooks.open(hookProviders(), hookConfigs, door, clock, timeLimit);
    opened.hooks = configured;
    List<LifecycleHook> all = new ArrayList<>(hooks);
    all.addAll(configured.hooks());
    List<Problem> problems = hookProblems(all);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return all;
  }

  private HookCatalog hookProviders() {
    if (hookCatalog != null) {
      return hookCatalog;
    }
    return hookFolder != null ? HookCatalog.discover(hookFolder) : HookCatalog.discover();
  }

  private void timeProblems(List<Problem> problems) {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      problems.add(
          new Problem(
              "timeLimit",
              "policy.time-limit",
              "is not longer than nothing",
              "use some seconds, such as 30"));
    } else if (policy.callGrace().compareTo(timeLimit) <= 0) {
      problems.add(
          new Problem(
              "callGrace",
              "policy.call-grace",
              "is not longer than the time limit of a call",
              "use more than " + timeLimit));
    }
  }

  private static List<Problem> hookProblems(List<LifecycleHook> hooks) {
    List<Problem> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (LifecycleHook hook : hooks) {
      String id = idOf(hook);
      if (!HOOK_ID.matcher(id).matches() || !seen.add(id)) {
        problems.add(
            new Problem(
                "hook",
                "hook.id",
                "its id is malformed, or the id of two hooks (" + hook.getClass().getName() + ")",
                "give each hook an id of its own, of a-z, 0-9 and '-'"));
      }
    }
    return problems;
  }

  /** A hook that does not even know its id has none. */
  private static String idOf(LifecycleHook hook) {
    try {
      String id = hook.id();
      return id == null ? "" : id;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return "";
    }
  }

  private static IdSource randomIds() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bits = new byte[20];
      random.nextBytes(bits);
      StringBuilder id = new StringBuilder(bits.length);
      for (byte eight : bits) {
        id.append(Character.forDigit(eight & 31, 32));
      }
      return id.toString();
    };
  }
}
