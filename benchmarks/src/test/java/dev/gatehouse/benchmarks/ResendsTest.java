package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Which clients send a request twice when nobody asked them to: why they were not chosen. */
class ResendsTest {
  private static final byte[] BODY = "amount=100".getBytes(ISO_8859_1);

  /** Counts what arrives; answers each request with this, or hangs up if it is empty. */
  private record Server(ServerSocket socket, String answer, AtomicInteger arrived)
      implements AutoCloseable {

    static Server answering(String answer) throws IOException {
      ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
      Server server = new Server(socket, answer, new AtomicInteger());
      Thread thread = new Thread(server::serve);
      thread.setDaemon(true);
      thread.start();
      return server;
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/charges");
    }

    private void serve() {
      try {
        while (true) {
          try (Socket accepted = socket.accept()) {
            InputStream in = accepted.getInputStream();
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().endsWith("amount=100")) {
              seen.append((char) in.read());
            }
            arrived.incrementAndGet();
            accepted.getOutputStream().write(answer.getBytes(ISO_8859_1));
          }
        }
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static HttpURLConnection posting(Server server) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) server.uri().toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    return connection;
  }

  private static void send(HttpURLConnection connection) throws IOException {
    try (OutputStream out = connection.getOutputStream()) {
      out.write(BODY);
    }
    connection.getResponseCode();
  }

  @Test
  void a_url_connection_posts_twice_when_the_answer_is_lost() throws IOException {
    try (Server server = Server.answering("")) {
      assertThat(catchThrowable(() -> send(posting(server)))).isInstanceOf(IOException.class);
      assertThat(server.arrived()).hasValue(2);
    }
  }

  @Test
  void a_url_connection_posts_once_if_its_body_streams() throws IOException {
    try (Server server = Server.answering("")) {
      HttpURLConnection connection = posting(server);
      connection.setFixedLengthStreamingMode(BODY.length);

      assertThat(catchThrowable(() -> send(connection))).isInstanceOf(IOException.class);
      assertThat(server.arrived()).hasValue(1);
    }
  }

  @Test
  void okhttp_posts_twice_after_a_503_that_asks_for_it_though_retries_are_off() throws IOException {
    OkHttpClient client = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    String again = "HTTP/1.1 503 Again\r\nRetry-After: 0\r\nConnection: close\r\n\r\n";
    try (Server server = Server.answering(again)) {
      Request request =
          new Request.Builder().url(server.uri().toString()).post(RequestBody.create(BODY)).build();
      try (Response answer = client.newCall(request).execute()) {
        assertThat(answer.code()).isEqualTo(503);
      }
      assertThat(server.arrived()).hasValue(2);
    }
  }
}
