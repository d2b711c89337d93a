package dev.gatehouse.plugin;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one instance: whatever its provider does, it is answered with a {@link
 * ConfigurationException} that names the instance and shows no secret.
 *
 * @param kind what it is
 * @param instance its id here
 * @param settings what it is given
 * @param specs what it wants
 * @param source where its provider came from
 */
public record Opening(
    PluginKind<?> kind,
    String instance,
    Map<String, String> settings,
    List<SettingSpec> specs,
    String source) {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /** Anything shorter keeps no secret, and may be a part of ordinary words. */
  private static final int LEAST_SECRET = 6;

  /** What the provider opens. */
  public <T> T open(Class<?> provider, Supplier<T> work) {
    try {
      T opened = InOwnLoader.call(provider, work);
      if (opened == null) {
        throw broken(new Reasons("open() returned null", Reasons.OTHER_VERSION));
      }
      return opened;
    } catch (ConfigurationException e) {
      throw told(e);
    } catch (TransportException e) {
      throw unreachable(e);
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("{} {} failed to open: {}", kind.noun(), instance, Faults.describe(e));
      Reasons reasons = Reasons.of(e);
      throw broken(new Reasons("open() failed: " + reasons.what(), reasons.remedy()));
    }
  }

  /** That the provider's code is not fit. */
  public ConfigurationException broken(Reasons reasons) {
    return new ConfigurationException(
        new Problem(
            instance, kind.noun() + ".broken", source + ": " + reasons.what(), reasons.remedy()));
  }

  /** That two instances have one id. */
  public static ConfigurationException duplicate(PluginKind<?> kind, String instance) {
    return new ConfigurationException(
        new Problem(
            instance,
            kind.noun() + ".duplicate",
            "two " + kind.noun() + "s are configured under this id",
            "give each instance an id of its own"));
  }

  /** That nobody provides it. */
  public static ConfigurationException unknown(
      PluginKind<?> kind,
      String instance,
      String provider,
      Set<String> known,
      List<Refusal> refusals) {
    StringBuilder what = new StringBuilder("no provider '" + provider + "' was found");
    refusals.forEach(r -> what.append("; refused: ").append(r.describe()));
    String remedy =
        SettingNames.nearest(provider, known)
            .map(nearest -> "did you mean '" + nearest + "'? Otherwise ")
            .orElse("");
    return new ConfigurationException(
        new Problem(
            instance,
            kind.noun() + ".no-provider",
            what.toString(),
            remedy
                + "put its JAR on the class path or into the folder of "
                + kind.noun()
                + "s, or use one of "
                + known));
  }

  /** That an instance was declared without a setting of ours. */
  public static Problem missing(PluginKind<?> kind, String instance, String setting, String what) {
    return new Problem(
        setting,
        "setting.missing",
        "setting '" + setting + "' of " + kind.noun() + " '" + instance + "' is missing",
        "set " + kind.places(instance, setting) + " to " + what);
  }

  /** That a setting of ours was given something else. */
  public static Problem malformed(
      PluginKind<?> kind, String instance, String setting, String what) {
    return new Problem(
        setting,
        "setting.malformed",
        "setting '" + setting + "' of " + kind.noun() + " '" + instance + "' " + what,
        "correct " + kind.places(instance, setting));
  }

  /**
   * What a plug-in says of its settings, with the instance named, since several may have a setting
   * of that name; and with no secret in it, whatever it wrote.
   */
  private ConfigurationException told(ConfigurationException said) {
    String name = "'" + instance + "'";
    return new ConfigurationException(
        said.problems().stream()
            .map(
                p ->
                    new Problem(
                        safe(p.field()),
                        p.code(),
                        safe(
                            p.message().contains(name)
                                ? p.message()
                                : kind.noun() + " " + name + ": " + p.message()),
                        safe(p.remedy()),
                        p.limits()))
            .toList());
  }

  private String safe(String text) {
    String safe = text;
    for (SettingSpec spec : specs) {
      String value = settings.get(spec.name());
      if (spec.kind() == SettingKind.SECRET && value != null && value.length() >= LEAST_SECRET) {
        safe = safe.replace(value, "…");
      }
    }
    return safe;
  }

  /** What the transport says names the host, and never a path, a header or a body. */
  private ConfigurationException unreachable(TransportException e) {
    Problem said = e.problems().get(0);
    return new ConfigurationException(
        new Problem(
            instance,
            kind.noun() + ".unreachable",
            "its provider did not answer when it was opened: "
                + said.field()
                + ": "
                + said.message(),
            "check the address in its settings and the way there, then start again"));
  }

  @Override
  public String toString() {
    return "Opening[" + kind.noun() + " " + instance + "]";
  }
}
