package dev.gatehouse.relay.webhooks;

import dev.gatehouse.json.EventCatalogue;
import dev.gatehouse.sink.SinkSettings;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The settings of an endpoint, checked.
 *
 * @param url where it listens; may hold a secret
 * @param signer signs with its secrets
 * @param source what the shop is called in events
 * @param events the types that it wants
 * @param addresses where requests may go
 * @param prefixes by which the network leads from IPv6 to IPv4; empty if it is to be asked
 */
record EndpointSettings(
    URI url,
    Signer signer,
    URI source,
    Set<String> events,
    AddressRules addresses,
    Optional<List<Network>> prefixes) {
  static final String ALLOWED = "allowed-networks";
  static final String PREFIXES = "nat64-prefixes";
  private static final String NONE = "none";
  private static final String URL = "url";
  private static final String SECRET = "secret";
  private static final String PREVIOUS = "secret-previous";
  private static final String SOURCE = "source";
  private static final String EVENTS = "events";
  private static final String EVERYTHING = "all";

  /** What may be shown: a name that is mistyped. Anything else may be a value in its place. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,40}");

  static final List<SettingSpec> ALL =
      List.of(
          SettingSpec.required(URL, SettingKind.URL, "Where the endpoint listens."),
          SettingSpec.required(
              SECRET,
              SettingKind.SECRET,
              "The secret that it knows us by: whsec_ and 24 to 64 random bytes in Base64."),
          SettingSpec.optional(
              PREVIOUS,
              SettingKind.SECRET,
              "The secret before, while it is changed: both sign until this is removed."),
          SettingSpec.required(
              SOURCE,
              SettingKind.TEXT,
              "The shop, as CloudEvents call it: an address or a URN of its own."),
          SettingSpec.optional(
                  EVENTS,
                  SettingKind.TEXT,
                  "What it is told: types of events and groups of them, separated by commas.")
              .orElse(EVERYTHING),
          SettingSpec.optional(
              ALLOWED,
              SettingKind.TEXT,
              "Networks that are not public and may be reached all the same, such as"
                  + " 10.1.0.0/16, separated by commas."),
          SettingSpec.optional(
              PREFIXES,
              SettingKind.TEXT,
              "Prefixes by which the network leads from IPv6 to IPv4, separated by commas, or"
                  + " 'none'; DNS is asked if this is not set."));

  /**
   * Reads them.
   *
   * @throws dev.gatehouse.error.ConfigurationException with everything that is wrong
   */
  static EndpointSettings of(GatewaySettings given) {
    SinkSettings settings = new SinkSettings(given);
    AddressRules addresses = addresses(settings);
    URI url = given.url(URL);
    UrlRules.check(URL, url, addresses, settings);
    Signer signer = signer(settings);
    URI source = source(settings);
    Set<String> events = events(settings);
    Optional<List<Network>> prefixes = prefixes(settings);
    settings.demandFine();
    return new EndpointSettings(url, signer, source, events, addresses, prefixes);
  }

  private static Signer signer(SinkSettings settings) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (String name : List.of(SECRET, PREVIOUS)) {
      settings
          .plain()
          .optionalSecret(name)
          .ifPresent(
              secret ->
                  Signer.key(secret)
                      .ifPresentOrElse(
                          keys::add,
                          () ->
                              settings.wrong(
                                  name,
                                  "is no secret of Standard Webhooks",
                                  "make one: whsec_ and 24 to 64 random bytes in Base64")));
    }
    if (keys.size() > 1 && keys.get(0).equals(keys.get(1))) {
      settings.wrong(PREVIOUS, "is the secret itself", "remove it, or set the one before");
    }
    return new Signer(keys);
  }

  private static URI source(SinkSettings settings) {
    try {
      return new URI(settings.plain().required(SOURCE));
    } catch (URISyntaxException e) {
      settings.wrong(SOURCE, "is no address and no URN", "set one such as https://shop.example");
      return URI.create("urn:none");
    }
  }

  private static Set<String> events(SinkSettings settings) {
    Set<String> wanted = new TreeSet<>();
    for (String word : words(settings, EVENTS, EVERYTHING)) {
      if (word.equals(EVERYTHING)) {
        wanted.addAll(EventCatalogue.types());
      } else if (EventCatalogue.types().contains(word)) {
        wanted.add(word);
      } else {
        EventGroup.of(word)
            .ifPresentOrElse(
                group -> wanted.addAll(group.types()),
                () ->
                    settings.wrong(
                        EVENTS,
                        "names no type of event and no group: '"
                            + (WORD.matcher(word).matches() ? word : "…")
                            + "'",
                        "take names from docs/events.md or groups from docs/outgoing-webhooks.md"));
      }
    }
    return wanted;
  }

  private static AddressRules addresses(SinkSettings settings) {
    boolean isSet = settings.plain().text(ALLOWED).isPresent();
    return new AddressRules(
        isSet ? networks(settings, ALLOWED, any -> true, "10.1.0.0/16 or fd00:1::/32") : List.of());
  }

  private static Optional<List<Network>> prefixes(SinkSettings settings) {
    return settings
        .plain()
        .text(PREFIXES)
        .map(
            text ->
                text.equals(NONE)
                    ? List.<Network>of()
                    : networks(
                        settings,
                        PREFIXES,
                        prefix -> prefix.isOfIpv6() && Translation.LENGTHS.contains(prefix.bits()),
                        "2001:db8:64::/96, with 32, 40, 48, 56, 64 or 96 bits"));
  }

  private static List<Network> networks(
      SinkSettings settings, String name, Predicate<Network> fits, String like) {
    List<Network> networks = new ArrayList<>();
    for (String word : words(settings, name, "")) {
      Network.parse(word)
          .filter(fits)
          .ifPresentOrElse(
              networks::add,
              () ->
                  settings.wrong(
                      name, "has something that is no network", "write networks as " + like));
    }
    return networks;
  }

  private static List<String> words(SinkSettings settings, String name, String fallback) {
    return List.of(settings.plain().text(name).orElse(fallback).split("\\s*,\\s*", -1));
  }

  /** Shows no address: it may hold a secret. */
  @Override
  public String toString() {
    return "EndpointSettings[" + url.getHost() + ", " + events + "]";
  }
}
