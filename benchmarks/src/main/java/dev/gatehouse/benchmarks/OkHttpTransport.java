package dev.gatehouse.benchmarks;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.blocking.BlockingTransport;
import dev.gatehouse.http.blocking.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The door on OkHttp, in the caller's thread. What it needs beside its options:
 *
 * <ul>
 *   <li>It sends again after a 503 with {@code Retry-After: 0}, whatever its options say: the
 *       header is hidden from it.
 *   <li>It asks for packed answers and unpacks them unless the request says otherwise.
 *   <li>It refuses a GET with a body, and wants a body, if an empty one, for a POST.
 * </ul>
 */
final class OkHttpTransport extends BlockingTransport {
  private final OkHttpClient client;

  OkHttpTransport(HttpOptions options) {
    super(options);
    this.client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .fastFallback(false)
            .connectTimeout(options.connectTimeout().plusMillis(1))
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .socketFactory(new Sockets())
            .dns(this::addresses)
            .addNetworkInterceptor(new Gate())
            .build();
  }

  @Override
  protected HttpResponse exchange(Call call) throws IOException {
    okhttp3.Call request = client.newCall(translated(call.request()));
    call.onEnd(request::cancel);
    try (Response answer = request.execute()) {
      HttpHeaders headers = HttpHeaders.none();
      Headers fields = answer.headers();
      for (int i = 0; i < fields.size(); i++) {
        headers = headers.with(hidden(fields.name(i)), fields.value(i));
      }
      try {
        return new HttpResponse(answer.code(), headers, call.read(answer.body().byteStream()));
      } catch (IOException e) {
        // Before closing, which would read on for a while.
        request.cancel();
        throw e;
      }
    }
  }

  @Override
  protected void closeClient() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  private List<InetAddress> addresses(String host) throws UnknownHostException {
    return Arrays.asList(lookUp(host));
  }

  private static Request translated(HttpRequest request) {
    byte[] body = request.body();
    boolean needsBody = List.of("POST", "PUT", "PATCH").contains(request.method());
    @Nullable RequestBody sent = body.length > 0 || needsBody ? RequestBody.create(body) : null;
    Request.Builder translated =
        new Request.Builder().url(request.uri().toString()).method(request.method(), sent);
    if (request.headers().first("Accept-Encoding").isEmpty()) {
      translated.header("Accept-Encoding", "identity");
    }
    request.headers().fields().forEach(f -> translated.addHeader(f.name(), f.value()));
    return translated.build();
  }

  private static String hidden(String name) {
    return name.equals(Gate.HIDDEN) ? "Retry-After" : name;
  }

  /** Where the client has a connection and is about to write the first header. */
  private final class Gate implements Interceptor {
    static final String HIDDEN = "X-Hidden-Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
      current().send();
      Response answer = chain.proceed(chain.request());
      String again = answer.header("Retry-After");
      return again == null
          ? answer
          : answer.newBuilder().removeHeader("Retry-After").header(HIDDEN, again).build();
    }
  }

  private static final class Sockets extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      return interruptibleSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw notUsed();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw notUsed();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw notUsed();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      throw notUsed();
    }

    private static IOException notUsed() {
      return new IOException("the client connects its sockets itself");
    }
  }
}
