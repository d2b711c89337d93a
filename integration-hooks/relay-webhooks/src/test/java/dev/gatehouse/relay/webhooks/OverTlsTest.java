package dev.gatehouse.relay.webhooks;

import static dev.gatehouse.relay.webhooks.Endpoints.LIMIT;
import static dev.gatehouse.relay.webhooks.Endpoints.event;
import static dev.gatehouse.relay.webhooks.Endpoints.settings;
import static dev.gatehouse.relay.webhooks.Endpoints.tell;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.hook.HookResult;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, under the endpoint's own name, at the address that was checked. */
class OverTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private SSLContext before;
  private HttpsServer server;

  @BeforeEach
  void listen() throws Exception {
    before = SSLContext.getDefault();
    SSLContext known = contextFor("hooks.shop.example");
    // What a JVM is started with in real life: certificates that it trusts.
    SSLContext.setDefault(known);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(known));
    server.createContext(
        "/",
        exchange -> {
          ExtendedSSLSession session =
              (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          seen.add(
              exchange.getRequestHeaders().getFirst("Host")
                  + " "
                  + session.getRequestedServerNames());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    SSLContext.setDefault(before);
  }

  private SSLContext contextFor(String name) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "endpoint",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("endpoint", keys.getCertificate("endpoint"));
    KeyManagerFactory ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    ours.init(keys, PASSWORD);
    TrustManagerFactory theirs =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    theirs.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
    return context;
  }

  private HookResult told(String host) {
    URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/hooks");
    WebhookRelayProvider provider =
        new WebhookRelayProvider(name -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    try (WebhookRelay relay = Endpoints.open(provider, settings(url), Clock.systemUTC(), LIMIT)) {
      return tell(relay, event("evt-1"));
    }
  }

  @Test
  void the_name_is_said_to_the_server_and_its_certificate_is_held_against_it() {
    assertThat(told("hooks.shop.example")).isEqualTo(HookResult.delivered());
    assertThat(seen)
        .singleElement()
        .asString()
        .startsWith("hooks.shop.example:" + server.getAddress().getPort() + " ")
        .contains("value=hooks.shop.example");
  }

  @Test
  void a_certificate_of_somebody_else_is_no_delivery() {
    assertThat(told("other.shop.example")).isInstanceOf(HookResult.Retry.class);
    assertThat(seen).isEmpty();
  }
}
