package dev.gatehouse.payment;

import dev.gatehouse.facts.Conflict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A conflict that no person has settled. It is what its fact and its values are: so a person who
 * settles one does not settle what is seen later. Immutable.
 *
 * @param conflict what was seen; of a mismatch, what we asked for and then what was seen instead
 */
public record OpenConflict(Conflict conflict) {

  /**
   * Twelve hexadecimal digits that stand for what was seen: the same fact with the same values has
   * the same id, at every time and in every process. One more value makes it another.
   */
  public String id() {
    StringBuilder all = new StringBuilder().append(fact().length()).append(' ').append(fact());
    values().forEach(value -> all.append(' ').append(value.length()).append(' ').append(value));
    byte[] text = all.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256(text), 0, 6);
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where it is, such as {@code movements[re_1].amount}; of a mismatch {@code asked.amount}. */
  public String fact() {
    return conflict.fact();
  }

  /** What was seen, as text. */
  public List<String> values() {
    return conflict.values();
  }

  /** Whether it is about money, or about whose it is; not about wording or what comes next. */
  public boolean isGrave() {
    return conflict.isGrave();
  }
}
