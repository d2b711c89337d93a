package dev.gatehouse.gateway;

import static dev.gatehouse.gateway.GatewayKind.GATEWAY;
import static dev.gatehouse.gateway.GatewayKind.MODE;
import static dev.gatehouse.gateway.GatewayKind.NEW_PAYMENTS;

import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.plugin.Declared;
import dev.gatehouse.plugin.Opening;
import dev.gatehouse.plugin.SettingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which gateway instances the sources of settings declare together. */
final class Resolution {
  private final SortedMap<GatewayInstanceId, Resolved.Refused> refused = new TreeMap<>();
  private final Declared declared;

  Resolution(Declared declared) {
    this.declared = declared;
  }

  Resolved resolved(List<GatewayConfig> byHand) {
    List<GatewayConfig> configs = new ArrayList<>(byHand);
    declared
        .instances()
        .forEach(
            (instance, said) ->
                config(new GatewayInstanceId(instance), new TreeMap<>(said))
                    .ifPresent(configs::add));
    return new Resolved(List.copyOf(configs), refused, declared.problems());
  }

  private Optional<GatewayConfig> config(GatewayInstanceId instance, Map<String, String> said) {
    String id = instance.value();
    List<Problem> wrong = new ArrayList<>();
    Optional<String> provider = Optional.ofNullable(said.remove(SettingNames.PROVIDER));
    Optional<String> mode = Optional.ofNullable(said.remove(MODE));
    Optional<String> takes = Optional.ofNullable(said.remove(NEW_PAYMENTS));
    if (provider.isEmpty()) {
      wrong.add(
          Opening.missing(
              GATEWAY, id, SettingNames.PROVIDER, "the id of its provider, such as stripe"));
    }
    if (mode.isEmpty()) {
      wrong.add(Opening.missing(GATEWAY, id, MODE, "test or live"));
    } else if (!mode.get().equals("test") && !mode.get().equals("live")) {
      wrong.add(Opening.malformed(GATEWAY, id, MODE, "is neither test nor live"));
    }
    if (takes.isPresent() && !takes.get().equals("on") && !takes.get().equals("off")) {
      wrong.add(Opening.malformed(GATEWAY, id, NEW_PAYMENTS, "is neither on nor off"));
    }
    if (!wrong.isEmpty()) {
      refused.put(instance, new Resolved.Refused(provider.orElse(""), wrong));
      return Optional.empty();
    }
    return Optional.of(
        new GatewayConfig(
            instance,
            provider.orElseThrow(),
            Mode.valueOf(mode.orElseThrow().toUpperCase(Locale.ROOT)),
            !takes.equals(Optional.of("off")),
            said));
  }
}
