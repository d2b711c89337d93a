package dev.gatehouse.gateway;

/** What happens at the start when some gateway instances can't be opened. */
public enum WhenRefused {
  /** Nothing is opened, and all problems are said at once. */
  STOP,
  /**
   * The others are opened. The refused ones are {@linkplain Gateways#list() listed} with their
   * problems, and whoever asks for one is told that it could not be opened.
   */
  GO_ON
}
