package dev.gatehouse.benchmarks;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.blocking.BlockingTransport;
import dev.gatehouse.http.blocking.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The door on {@code HttpURLConnection}, as near to the contract as it comes. It does not reach it:
 *
 * <ul>
 *   <li>A request without a body of fixed length is sent again when its answer is lost, and no
 *       option of one connection forbids that; for a POST a property of the whole process does.
 *   <li>Its sockets are its own, so an interrupt does not end a wait, and {@code disconnect} waits
 *       for the very read that it should end. Each call needs a second thread, which is left behind
 *       when the caller leaves, until the read times out.
 *   <li>It knows no PATCH.
 *   <li>Its pool is the process's: five idle connections for each host, and no close.
 * </ul>
 */
final class UrlConnectionTransport extends BlockingTransport {
  private final ExecutorService workers =
      Executors.newCachedThreadPool(UrlConnectionTransport::daemon);

  UrlConnectionTransport(HttpOptions options) {
    super(options);
  }

  @Override
  protected HttpResponse exchange(Call call) throws IOException {
    Future<HttpResponse> answer = workers.submit(() -> inWorker(call));
    call.onEnd(() -> answer.cancel(true));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (CancellationException e) {
      throw new IOException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "url-connection");
    thread.setDaemon(true);
    return thread;
  }

  private HttpResponse inWorker(Call call) throws IOException {
    HttpRequest request = call.request();
    HttpURLConnection connection = (HttpURLConnection) request.uri().toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(Math.toIntExact(options().connectTimeout().toMillis()) + 1);
    // For the thread that is left behind, not for the caller, who is gone by then.
    connection.setReadTimeout(Math.toIntExact(call.limit().plusSeconds(1).toMillis()));
    connection.setRequestMethod(request.method());
    request.headers().fields().forEach(f -> connection.addRequestProperty(f.name(), f.value()));
    byte[] body = request.body();
    boolean sendsBody = body.length > 0 || request.method().startsWith("P");
    if (sendsBody) {
      // A body that streams is one that the client can't send again by itself.
      connection.setFixedLengthStreamingMode(body.length);
      connection.setDoOutput(true);
    }
    boolean whole = false;
    try {
      connection.connect();
      call.send();
      if (sendsBody) {
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      HttpResponse answer = answer(call, connection);
      whole = true;
      return answer;
    } finally {
      if (!whole) {
        connection.disconnect();
      }
    }
  }

  private static HttpResponse answer(Call call, HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("the answer has no status");
    }
    return new HttpResponse(status, headers(connection), body(call, connection, status));
  }

  @Override
  protected void closeClient() {
    // The pool belongs to the process.
    workers.shutdownNow();
  }

  private static byte[] body(Call call, HttpURLConnection connection, int status)
      throws IOException {
    InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    return in == null ? new byte[0] : call.read(in);
  }

  private static HttpHeaders headers(HttpURLConnection connection) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    // By index, because the map of all fields holds the values of a name in reverse.
    for (int i = 1; connection.getHeaderFieldKey(i) != null; i++) {
      fields
          .computeIfAbsent(connection.getHeaderFieldKey(i), name -> new ArrayList<>())
          .add(connection.getHeaderField(i));
    }
    return HttpHeaders.of(fields);
  }
}
