package dev.gatehouse.spi;

/** The type of a setting's value. */
public enum SettingKind {
  /** Any text. */
  TEXT,
  /** Text that must never be shown. */
  SECRET,
  /** An absolute https address; http on loopback only. */
  URL,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** A whole number. */
  INTEGER
}
