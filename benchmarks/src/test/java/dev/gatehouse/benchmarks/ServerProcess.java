package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server on loopback in a JVM of its own, with a certificate made for this run. */
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

  /** Starts a class that says its ports without and with TLS, in a line. */
  static ServerProcess start(Path folder, Class<?> server, String... args)
      throws IOException, InterruptedException {
    Path store = folder.resolve("loopback.p12");
    makeCertificate(store);
    List<String> command =
        new ArrayList<>(
            List.of(
                tool("java"),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djavax.net.ssl.keyStore=" + store,
                "-Djavax.net.ssl.keyStorePassword=" + PASSWORD,
                server.getName()));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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

  /** Lets this JVM trust it, which must not have looked for whom to trust before. */
  void trustHere() {
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
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
