package dev.gatehouse.plugin;

/**
 * A provider that was refused.
 *
 * @param source the class and the JAR or folder that it came from, as far as known
 * @param reason what is wrong
 * @param remedy what to do
 */
public record Refusal(String source, String reason, String remedy) {
  /** One line: {@code source: reason; remedy}. */
  public String describe() {
    return source + ": " + reason + "; " + remedy;
  }
}
