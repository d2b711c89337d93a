package dev.gatehouse.error;

import java.util.List;

/**
 * Settings are missing or wrong. Lists every problem found, each naming its setting, none showing a
 * secret.
 */
public final class ConfigurationException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /** With everything that is wrong; at least one problem. */
  public ConfigurationException(List<Problem> problems) {
    super(ErrorCategory.CONFIGURATION, problems, null);
  }

  /** With one problem. */
  public ConfigurationException(Problem problem) {
    this(List.of(problem));
  }
}
