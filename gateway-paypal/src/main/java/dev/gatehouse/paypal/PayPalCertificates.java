package dev.gatehouse.paypal;

import dev.gatehouse.http.Deadline;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import dev.gatehouse.spi.GatewayEnvironment;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The keys that webhooks are signed with, by the address of their certificate. Nothing is fetched
 * from an address that is not PayPal's, and no key is used whose certificate is not good: its
 * chain, its name, its time. A few are kept. Thread-safe.
 */
final class PayPalCertificates {
  private static final int MAX_KEPT = 8;
  private static final int MAX_SIZE = 64 * 1024;
  private static final int DNS = 2;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int MIN_BITS = 2048;

  /** The purpose of a server's certificate in RFC 5280. */
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  private static final Duration KEPT_FOR = Duration.ofHours(12);

  /** Long enough against a flood, short enough for a certificate that comes late. */
  private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

  private static final Pattern PATH =
      Pattern.compile("/v1/notifications/certs/[A-Za-z0-9_-]{1,100}");

  private final PayPalSettings settings;
  private final GatewayEnvironment environment;
  private final Map<URI, Kept> kept = new LinkedHashMap<>();

  private record Kept(Optional<PublicKey> key, Instant until) {}

  PayPalCertificates(PayPalSettings settings, GatewayEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** The address, if it is one of PayPal's certificates; else empty, and nothing was fetched. */
  Optional<URI> address(String text) {
    try {
      URI uri = URI.create(text);
      boolean bare =
          uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawPath() != null
              && PATH.matcher(uri.getRawPath()).matches();
      // The whole authority: no user, no port, no other way to write the same host.
      boolean paypals =
          "https".equals(uri.getScheme())
              && settings.site().hosts().contains(String.valueOf(uri.getRawAuthority()));
      URI base = settings.baseUrl();
      boolean emulators =
          String.valueOf(base.getScheme()).equals(uri.getScheme())
              && String.valueOf(base.getRawAuthority()).equals(uri.getRawAuthority());
      return bare && (paypals || emulators) ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key, if the certificate at the address is good. */
  Optional<PublicKey> key(URI address, Deadline deadline) throws PayPalWebhooks.Unavailable {
    Instant now = environment.clock().instant();
    synchronized (kept) {
      Kept known = kept.get(address);
      if (known != null && now.isBefore(known.until())) {
        return known.key();
      }
    }
    Optional<X509Certificate> good = checked(fetched(address, deadline), now);
    Optional<PublicKey> key = good.map(X509Certificate::getPublicKey);
    synchronized (kept) {
      kept.put(address, new Kept(key, now.plus(life(good, now))));
      while (kept.size() > MAX_KEPT) {
        kept.remove(leastWorth());
      }
    }
    return key;
  }

  /** No key outlives its certificate. */
  private static Duration life(Optional<X509Certificate> good, Instant now) {
    return good.map(certificate -> Duration.between(now, certificate.getNotAfter().toInstant()))
        .map(left -> left.compareTo(KEPT_FOR) < 0 ? left : KEPT_FOR)
        .orElse(REFUSED_FOR);
  }

  /** Whoever names certificates that are none pushes no good one out. */
  private URI leastWorth() {
    return kept.entrySet().stream()
        .filter(entry -> entry.getValue().key().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> kept.keySet().iterator().next());
  }

  private byte[] fetched(URI address, Deadline deadline) throws PayPalWebhooks.Unavailable {
    try {
      HttpRequest request = new HttpRequest("GET", address, HttpHeaders.none(), new byte[0]);
      HttpResponse response = environment.http().send(request, deadline);
      boolean gone = response.status() == 404 || response.status() == 410;
      if (response.status() != 200 && !gone) {
        throw new PayPalWebhooks.Unavailable(
            PayPalErrors.unknown(
                "certificate.http." + response.status(), "the certificate could not be fetched"));
      }
      return gone ? new byte[0] : response.body();
    } catch (TransportException e) {
      throw new PayPalWebhooks.Unavailable(PayPalErrors.transport(e));
    }
  }

  private Optional<X509Certificate> checked(byte[] pem, Instant now) {
    if (pem.length == 0 || pem.length > MAX_SIZE) {
      return Optional.empty();
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> chain = new ArrayList<>();
      for (var certificate : factory.generateCertificates(new ByteArrayInputStream(pem))) {
        chain.add((X509Certificate) certificate);
      }
      if (chain.isEmpty() || !isForSigner(chain.get(0)) || !signs(chain.get(0))) {
        return Optional.empty();
      }
      Set<TrustAnchor> anchors = anchors();
      // An authority at the end of a chain is no part of the path to it.
      chain.removeIf(
          certificate ->
              anchors.stream().anyMatch(anchor -> certificate.equals(anchor.getTrustedCert())));
      PKIXParameters rules = new PKIXParameters(anchors);
      rules.setRevocationEnabled(false);
      rules.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), rules);
      return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(0));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Whatever was there is no certificate that we trust; its text is an attacker's, perhaps.
      return Optional.empty();
    }
  }

  private Set<TrustAnchor> anchors() throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    if (settings.authority().isPresent()) {
      anchors.add(new TrustAnchor(settings.authority().get(), null));
      return anchors;
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init((KeyStore) null);
    for (TrustManager manager : trusted.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (X509Certificate authority : x509.getAcceptedIssuers()) {
          anchors.add(new TrustAnchor(authority, null));
        }
      }
    }
    return anchors;
  }

  /**
   * Any authority signs for anybody: only the name says that it is PayPal's. The common name counts
   * where there are no others (RFC 6125, 6.4.4).
   */
  private boolean isForSigner(X509Certificate certificate) throws GeneralSecurityException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<?> hosts =
        names == null
            ? List.of()
            : names.stream()
                .filter(name -> Integer.valueOf(DNS).equals(name.get(0)))
                .map(name -> name.get(1))
                .toList();
    if (!hosts.isEmpty()) {
      return hosts.stream().anyMatch(this::isSigner);
    }
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .anyMatch(rdn -> rdn.getType().equalsIgnoreCase("CN") && isSigner(rdn.getValue()));
    } catch (InvalidNameException e) {
      return false;
    }
  }

  /** A server's key that is made for signatures, long enough, and no authority's. */
  private static boolean signs(X509Certificate certificate) throws GeneralSecurityException {
    boolean[] uses = certificate.getKeyUsage();
    List<String> purposes = certificate.getExtendedKeyUsage();
    return certificate.getBasicConstraints() == -1
        && (uses == null || uses[DIGITAL_SIGNATURE])
        && (purposes == null || purposes.contains(SERVER))
        && certificate.getPublicKey() instanceof RSAPublicKey key
        && key.getModulus().bitLength() >= MIN_BITS;
  }

  private boolean isSigner(Object name) {
    return settings.site().signer().equals(name);
  }
}
