package dev.gatehouse.examples.membership;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.hook.HookCatalog;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.hook.Hooks;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.store.Backlog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command {@code hooks}. */
@Command(
    name = "hooks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists every hook that is found or configured, why one is refused, and what waits for each.",
      "",
      "The configured ones are opened, as the site opens them: some ask their service whether the"
          + " keys and mappings are right. Nobody is told of an event.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all can be used, and nothing is parked",
      "1:some are refused, or something is parked; it is said why",
      "2:bad options"
    })
final class HooksCommand implements Callable<Integer> {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final PrintWriter out;
  private final Map<String, String> environment;

  @Option(
      names = "--hooks",
      paramLabel = "DIR",
      description = {"A folder of hooks: one sub-folder each, with its", "JAR and its libraries."})
  private @Nullable Path hooks;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = {
        "Their settings, as properties. Environment",
        "variables such as HOOK_CRM_ACCESS_TOKEN win."
      })
  private @Nullable Path settings;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = {"Where the records are, as for ops; without it, what", "waits is not told."})
  private @Nullable String store;

  HooksCommand(PrintWriter out, Map<String, String> environment) {
    this.out = out;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    SortedMap<String, Backlog> waiting = waiting();
    HookCatalog catalog = hooks == null ? HookCatalog.discover() : HookCatalog.discover(hooks);
    boolean good = found(catalog);
    HookConfigs configs = HookConfigs.collect();
    if (settings != null) {
      configs.properties(settings);
    }
    try (HttpTransport http = HttpTransport.create(HttpOptions.defaults());
        Hooks opened =
            Hooks.open(
                catalog, configs.environment(environment), http, Clock.systemUTC(), TIME_LIMIT)) {
      configured(opened.hooks().stream().map(LifecycleHook::id).toList(), waiting);
    } catch (ConfigurationException e) {
      configured(List.of(), waiting);
      e.problems().forEach(problem -> out.println("refused: " + problem.describe()));
      good = false;
    }
    out.flush();
    good &= waiting.values().stream().allMatch(backlog -> backlog.parked() == 0);
    return good ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private SortedMap<String, Backlog> waiting() {
    SortedMap<String, Backlog> byHook = new TreeMap<>();
    if (store != null) {
      try (Records records = OpsStore.open(store, environment)) {
        records.store().backlogs().forEach(backlog -> byHook.put(backlog.hook(), backlog));
      }
    }
    return byHook;
  }

  /** Says whether all that was found can be used. */
  private boolean found(HookCatalog catalog) {
    Table table = new Table().row("provider", "version", "name");
    for (String id : new TreeSet<>(catalog.ids())) {
      catalog
          .provider(id)
          .ifPresent(e -> table.row(id, e.description().version(), e.description().name()));
    }
    table.lines().forEach(out::println);
    catalog.refused().forEach(refusal -> out.println("refused: " + refusal));
    out.println();
    return catalog.refused().isEmpty();
  }

  private void configured(List<String> open, SortedMap<String, Backlog> waiting) {
    Table table = new Table().row("hook", "state", "waiting", "parked", "since");
    SortedMap<String, String> states = new TreeMap<>();
    waiting.keySet().forEach(id -> states.put(id, "not open"));
    open.forEach(id -> states.put(id, "open"));
    states.forEach(
        (id, state) -> {
          Backlog backlog = waiting.get(id);
          if (backlog == null) {
            table.row(id, state, store == null ? "?" : "0", store == null ? "?" : "0", "-");
          } else {
            table.row(
                id,
                state,
                Integer.toString(backlog.waiting()),
                Integer.toString(backlog.parked()),
                TIME.format(backlog.since()));
          }
        });
    table.lines().forEach(out::println);
  }
}
