package dev.gatehouse.http.apache;

import dev.gatehouse.http.HttpOptions;
import dev.gatehouse.http.blocking.BlockingTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The client's pool of connections, on sockets that an interrupt ends. */
final class Connections extends PoolingHttpClientConnectionManagerBuilder {
  /**
   * After this, a connection is checked before it is used again. The check takes a millisecond; a
   * request on a connection that the server has closed takes somebody to find out what became of
   * it.
   */
  private static final TimeValue CHECK_AFTER = TimeValue.ofMilliseconds(100);

  /** Finds the addresses of a host. */
  interface Names {
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }

  Connections(HttpOptions options, Names names) {
    setDnsResolver(new Lookup(names));
    AtomicLong count = new AtomicLong();
    setConnectionFactory(socket -> new QuietConnection("gatehouse-" + count.incrementAndGet()));
    setTlsSocketStrategy(DefaultClientTlsStrategy.createSystemDefault());
    // One for each caller: whoever limits the callers limits the connections.
    setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX);
    setMaxConnPerRoute(Integer.MAX_VALUE);
    setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(
                Timeout.of(options.connectTimeout().toMillis() + 1, TimeUnit.MILLISECONDS))
            // The deadline is watched from outside; a limit for each read would not add to it.
            .setSocketTimeout(Timeout.DISABLED)
            .setValidateAfterInactivity(CHECK_AFTER)
            .build());
  }

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
    return new DefaultHttpClientConnectionOperator(
        proxy -> BlockingTransport.interruptibleSocket(),
        ports,
        names,
        RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
  }

  private record Lookup(Names names) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return names.lookUp(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
