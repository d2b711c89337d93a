package dev.gatehouse.sink;

import dev.gatehouse.spi.SettingKind;
import dev.gatehouse.spi.SettingSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a service is told of who a customer is. */
public enum PersonalData {
  /** Nothing that it can do without. */
  DROP,
  /** Hashed, as the service asks for it. */
  HASH,
  /** As it is. */
  KEEP;

  /** The name of the setting. */
  public static final String SETTING = "personal-data";

  /** The setting, for a sink that can do these. */
  public static SettingSpec setting(PersonalData fallback, PersonalData... allowed) {
    String words =
        List.of(allowed).stream().map(PersonalData::word).collect(Collectors.joining(", "));
    return SettingSpec.optional(
            SETTING, SettingKind.TEXT, "What it is told of who a customer is: " + words + ".")
        .orElse(fallback.word());
  }

  /** What is set, of these; anything else is noted as a problem, and the first of these stands. */
  public static PersonalData read(SinkSettings settings, PersonalData... allowed) {
    Set<String> words =
        List.of(allowed).stream().map(PersonalData::word).collect(Collectors.toSet());
    String word = settings.oneOf(SETTING, words).orElse(allowed[0].word());
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The SHA-256 of a text in UTF-8, in small hexadecimal digits. */
  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
