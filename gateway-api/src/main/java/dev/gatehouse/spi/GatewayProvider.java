package dev.gatehouse.spi;

/**
 * The way into a gateway module. Found by {@link java.util.ServiceLoader} or constructed by hand,
 * through a public constructor without parameters.
 *
 * <p>Nothing here but {@link #open} may do I/O, start threads or read the environment.
 * Implementations are stateless and thread-safe. One provider may be opened several times, as
 * several instances with settings of their own.
 */
public interface GatewayProvider {
  /**
   * The version of the SPI that this module holds; each addition makes another. A compiler copies
   * the number into the class that names it; so a provider that returns it says what it was
   * compiled against, whatever it meets.
   */
  int SPI_VERSION = 2;

  /**
   * The version of the SPI that the provider was built for: {@code return SPI_VERSION;}. One that
   * was built for a later version than this, or for one that is too old, is refused before anything
   * else is asked of it.
   */
  int spiVersion();

  /**
   * The stable id of the provider, such as {@code stripe}: {@code [a-z0-9-]+}, at most 32
   * characters.
   */
  String id();

  /** What the gateway can do and which settings it wants. Always the same, and free of I/O. */
  GatewayDescription describe();

  /**
   * Opens a gateway. The framework has already checked the settings against the description; this
   * method checks what only the provider can know, such as whether a key is a test key.
   *
   * @throws dev.gatehouse.error.ConfigurationException with <em>all</em> that is wrong, each
   *     problem naming its setting, none showing a secret
   */
  PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment);
}
