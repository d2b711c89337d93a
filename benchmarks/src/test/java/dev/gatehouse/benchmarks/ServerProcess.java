package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/** The {@link LoopbackServer} in a JVM of its own, with a certificate made for this run. */
final class ServerProcess implements AutoCloseable {
  private static final String PASSWORD = "not-a-secret";

  private final Process process;
  private final Path store;
  private final String[] ports;

  private ServerProcess(Process process, Path store, String[] ports) {
    this.process = process;
    this.store = store;
    this.ports = ports;
  }

  static ServerProcess start(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("loopback.p12");
    makeCertificate(store);
    Process process =
        new ProcessBuilder(
                tool("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djavax.net.ssl.keyStore=" + store,
                "-Djavax.net.ssl.keyStorePassword=" + PASSWORD,
                LoopbackServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    return new ServerProcess(process, store, out.readLine().split(" "));
  }

  String uri(String scheme, String path) {
    return scheme + "://127.0.0.1:" + ports[scheme.equals("https") ? 1 : 0] + path;
  }

  /** Options for a JVM that is to trust this server. */
  String[] trusted() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  @Override
  public void close() {
    process.destroy();
  }

  private static void makeCertificate(Path store) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            tool("keytool"),
            "-genkeypair",
            "-alias",
            "loopback",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            store.toString());
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool made no certificate");
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
