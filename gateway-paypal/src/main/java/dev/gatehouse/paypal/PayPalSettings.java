package dev.gatehouse.paypal;

import dev.gatehouse.error.ConfigurationException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.SecretValue;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of one instance, checked.
 *
 * @param instance for messages
 * @param site live or sandbox
 * @param baseUrl where requests go, with no slash at the end
 * @param verification who verifies webhooks
 * @param authority who signs the certificates of webhooks; the JDK's authorities if empty
 * @param brandName what payers see on PayPal's pages; that of the account if empty
 * @param softDescriptor the end of the line on payers' card statements
 */
record PayPalSettings(
    GatewayInstanceId instance,
    Site site,
    URI baseUrl,
    String clientId,
    SecretValue clientSecret,
    String webhookId,
    Verification verification,
    Optional<X509Certificate> authority,
    Optional<String> brandName,
    Optional<String> softDescriptor) {

  /** Who verifies webhooks. */
  enum Verification {
    /** PayPal is asked about each. */
    API,
    /** We do, with PayPal's certificate. */
    CERTIFICATE
  }

  /** PayPal's two sites. Credentials of one are unknown at the other. */
  enum Site {
    LIVE("live", Mode.LIVE, "api-m.paypal.com", "api.paypal.com", "messageverificationcerts"),
    SANDBOX(
        "sandbox",
        Mode.TEST,
        "api-m.sandbox.paypal.com",
        "api.sandbox.paypal.com",
        "messageverificationcerts.sandbox");

    private final String word;
    private final Mode mode;
    private final String host;
    private final String otherHost;
    private final String signer;

    Site(String word, Mode mode, String host, String otherHost, String signer) {
      this.word = word;
      this.mode = mode;
      this.host = host;
      this.otherHost = otherHost;
      this.signer = signer + ".paypal.com";
    }

    String word() {
      return word;
    }

    Mode mode() {
      return mode;
    }

    /** The hosts of its API. */
    Set<String> hosts() {
      return Set.of(host, otherHost);
    }

    /** Where people look at their account. */
    String console() {
      return "https://www." + (this == LIVE ? "" : "sandbox.") + "paypal.com";
    }

    /** Whom its webhooks' certificates are for. */
    String signer() {
      return signer;
    }
  }

  static PayPalSettings read(GatewaySettings settings, GatewayEnvironment environment) {
    Reader reader = new Reader(settings, environment);
    Site site = reader.site();
    URI baseUrl = reader.baseUrl(site);
    String clientId = reader.matching(PayPalGatewayProvider.CLIENT_ID, Reader.CREDENTIAL);
    String secret = reader.matching(PayPalGatewayProvider.CLIENT_SECRET, Reader.CREDENTIAL);
    String webhookId = reader.matching(PayPalGatewayProvider.WEBHOOK_ID, Reader.WEBHOOK);
    Verification verification = reader.verification();
    Optional<X509Certificate> authority = reader.authority();
    Optional<String> brandName =
        reader.words(
            PayPalGatewayProvider.BRAND_NAME, Reader.BRAND, "1 to 127 characters on one line");
    Optional<String> softDescriptor =
        reader.words(
            PayPalGatewayProvider.SOFT_DESCRIPTOR,
            Reader.DESCRIPTOR,
            "1 to 22 of the letters A to Z, digits, spaces, '.', '*' and '-'");
    if (!secret.isEmpty() && secret.equals(clientId)) {
      reader.wrong(
          PayPalGatewayProvider.CLIENT_SECRET,
          "is the same as 'client-id'",
          "set the secret that PayPal shows beside the client id");
    }
    if (!reader.problems.isEmpty()) {
      throw new ConfigurationException(reader.problems);
    }
    return new PayPalSettings(
        environment.instance(),
        site,
        baseUrl,
        clientId,
        SecretValue.of(secret),
        webhookId,
        verification,
        authority,
        brandName,
        softDescriptor);
  }

  /** The two settings that say who we are, as messages name them. */
  String credentials() {
    return "settings '"
        + PayPalGatewayProvider.CLIENT_ID
        + "' and '"
        + PayPalGatewayProvider.CLIENT_SECRET
        + "' of gateway '"
        + instance
        + "'";
  }

  @Override
  public String toString() {
    return "PayPalSettings[" + instance + ", " + site.word() + ", " + baseUrl + "]";
  }

  private static final class Reader {
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern WEBHOOK = Pattern.compile("[A-Za-z0-9]{1,50}");
    private static final Pattern LOOPBACK =
        Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private static final Pattern BRAND = Pattern.compile("[^\\p{Cntrl}]{1,127}");
    private static final Pattern DESCRIPTOR = Pattern.compile("[A-Za-z0-9 .*-]{1,22}");

    private final List<Problem> problems = new ArrayList<>();
    private final GatewaySettings settings;
    private final GatewayEnvironment environment;

    Reader(GatewaySettings settings, GatewayEnvironment environment) {
      this.settings = settings;
      this.environment = environment;
    }

    /**
     * Client ids do not tell of which site they are, so that is asked for, and held to the mode.
     */
    Site site() {
      Site wanted = environment.mode() == Mode.LIVE ? Site.LIVE : Site.SANDBOX;
      Optional<String> text = present(PayPalGatewayProvider.ENVIRONMENT);
      if (text.isPresent() && !text.get().equals(wanted.word())) {
        boolean known = text.get().equals(Site.LIVE.word()) || text.get().equals("sandbox");
        wrong(
            PayPalGatewayProvider.ENVIRONMENT,
            known
                ? "is '" + text.get() + "', but the mode is " + environment.mode()
                : "is neither 'live' nor 'sandbox'",
            "set '" + wanted.word() + "' with credentials of that site, or change the mode");
      }
      return wanted;
    }

    URI baseUrl(Site site) {
      URI own = URI.create("https://" + site.host);
      Optional<String> text = settings.text(PayPalGatewayProvider.BASE_URL);
      if (text.isEmpty()) {
        return own;
      }
      try {
        URI uri = URI.create(text.get().replaceAll("/+$", ""));
        String host = String.valueOf(uri.getHost());
        boolean loopback = LOOPBACK.matcher(host).matches();
        boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
        boolean paypals = site.hosts().contains(host) && "https".equals(uri.getScheme());
        if (bare && uri.getRawFragment() == null && (paypals || loopback)) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // Refused below.
      }
      wrong(
          PayPalGatewayProvider.BASE_URL,
          "is neither PayPal's " + site.word() + " site nor an emulator on loopback",
          "leave it out, or set https://" + site.host);
      return own;
    }

    Verification verification() {
      String text = settings.text(PayPalGatewayProvider.WEBHOOK_VERIFICATION).orElse("api");
      if (!text.equals("api") && !text.equals("certificate")) {
        wrong(
            PayPalGatewayProvider.WEBHOOK_VERIFICATION,
            "is neither 'api' nor 'certificate'",
            "leave it out, so that PayPal is asked, or set 'certificate'");
      }
      return text.equals("certificate") ? Verification.CERTIFICATE : Verification.API;
    }

    Optional<X509Certificate> authority() {
      Optional<String> text = settings.text(PayPalGatewayProvider.WEBHOOK_AUTHORITY);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        byte[] der = Base64.getDecoder().decode(text.get());
        return Optional.of(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der)));
      } catch (CertificateException | IllegalArgumentException e) {
        wrong(
            PayPalGatewayProvider.WEBHOOK_AUTHORITY,
            "is no certificate",
            "set an X.509 certificate in Base64, without line breaks, or leave it out");
        return Optional.empty();
      }
    }

    /** Nothing of the value is shown: it may be a secret in the wrong place. */
    String matching(String name, Pattern pattern) {
      Optional<String> text = present(name);
      if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
        wrong(name, "is malformed", "copy it again, without spaces");
      }
      return text.orElse("");
    }

    /** What may be left out. */
    Optional<String> words(String name, Pattern pattern, String rule) {
      Optional<String> text = settings.text(name);
      if (text.isPresent() && (text.get().isBlank() || !pattern.matcher(text.get()).matches())) {
        wrong(name, "is not what PayPal shows", "use " + rule + ", or leave it out");
      }
      return text;
    }

    private Optional<String> present(String name) {
      Optional<String> text = settings.text(name).filter(value -> !value.isBlank());
      if (text.isEmpty()) {
        wrong(name, "is missing", "set it");
      }
      return text;
    }

    private void wrong(String name, String what, String remedy) {
      String where = "setting '" + name + "' of gateway '" + environment.instance() + "' ";
      problems.add(new Problem(name, "setting.wrong", where + what, remedy));
    }
  }
}
