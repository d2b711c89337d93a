package dev.gatehouse.http.apache;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.blocking.BlockingTransport;
import dev.gatehouse.http.blocking.Call;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * The door on Apache HttpClient 5, HTTP/1.1, in the caller's thread. Everything that this client
 * would do by itself is off: retries, redirects, cookies, unpacking, authentication.
 */
public final class ApacheHttpTransport extends BlockingTransport {
  /** Idle connections are dropped before most servers drop them. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  private final CloseableHttpClient client;

  /** Opens the transport; the caller closes it. */
  public ApacheHttpTransport(HttpOptions options) {
    this(options, InetAddress::getAllByName, new SystemDefaultRoutePlanner(null));
  }

  private ApacheHttpTransport(
      HttpOptions options, Destinations destinations, HttpRoutePlanner routes) {
    super(options);
    Connections.Names names = host -> lookUp(host, () -> destinations.of(host));
    this.client =
        HttpClients.custom()
            .setConnectionManager(new Connections(options, names).build())
            .setRequestExecutor(new Gate())
            .setRoutePlanner(routes)
            .evictIdleConnections(IDLE)
            .evictExpiredConnections()
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableDefaultUserAgent()
            .build();
  }

  /**
   * Opens a transport that connects to these destinations and to nothing else, never by way of a
   * proxy; the caller closes it.
   */
  public static ApacheHttpTransport to(Destinations destinations, HttpOptions options) {
    return new ApacheHttpTransport(
        options,
        InvalidInputException.required("destinations", destinations),
        new DefaultRoutePlanner(null));
  }

  @Override
  protected HttpResponse exchange(Call call) throws IOException {
    HttpUriRequestBase request = translated(call.request());
    call.onEnd(request::cancel);
    ClassicHttpResponse answer =
        client.executeOpen(HttpHost.create(call.request().uri()), request, null);
    HttpHeaders headers = HttpHeaders.none();
    for (Header header : answer.getHeaders()) {
      headers = headers.with(header.getName(), header.getValue() == null ? "" : header.getValue());
    }
    HttpEntity entity = answer.getEntity();
    byte[] body = entity == null ? new byte[0] : call.read(entity.getContent());
    // Closed after a whole answer only: before, closing would read the rest.
    answer.close();
    return new HttpResponse(answer.getCode(), headers, body);
  }

  @Override
  protected void closeClient() {
    client.close(CloseMode.IMMEDIATE);
  }

  private static HttpUriRequestBase translated(HttpRequest request) {
    HttpUriRequestBase translated = new HttpUriRequestBase(request.method(), request.uri());
    for (HttpHeaders.Field field : request.headers().fields()) {
      translated.addHeader(field.name(), field.value());
    }
    byte[] body = request.body();
    if (body.length > 0) {
      translated.setEntity(new ByteArrayEntity(body, null));
    }
    return translated;
  }

  /** Where the client has a connection and is about to write the first header. */
  private final class Gate extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      // A tunnel through a proxy is part of connecting; the provider sees nothing of it.
      if (!request.getMethod().equals("CONNECT")) {
        current().send();
      }
      return super.execute(request, connection, callback, context);
    }
  }
}
