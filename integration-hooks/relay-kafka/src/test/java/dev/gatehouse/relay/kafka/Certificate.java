package dev.gatehouse.relay.kafka;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key and its certificate for 127.0.0.1 and for no name, made by the JDK's keytool. */
record Certificate(Path keys, Path pem) {
  static final String PASSWORD = "of-the-test";

  /** Makes them in a folder. */
  static Certificate in(Path folder) throws IOException {
    Path keys = folder.resolve("keys.p12").toAbsolutePath();
    Path pem = folder.resolve("certificate.pem").toAbsolutePath();
    keytool(
        keys,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=broker",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12");
    keytool(keys, "-exportcert", "-rfc", "-file", pem.toString());
    return new Certificate(keys, pem);
  }

  private static void keytool(Path keys, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-alias", "broker", "-storepass", PASSWORD, "-keystore", keys.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(keys.resolveSibling("keytool.log").toFile()))
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("keytool failed; see " + keys.getParent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
