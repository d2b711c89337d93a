package dev.gatehouse.http.apache;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * A connection that logs neither headers nor bodies. The client's own does, at the level of
 * debugging, and with them every secret key.
 */
final class QuietConnection extends DefaultManagedHttpClientConnection {
  QuietConnection(String id) {
    super(id, null, null, null, null, null, null, http -> WholeHead.create());
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(new SocketHolder(socket));
  }

  @Override
  public void bind(SSLSocket tls, Socket socket) throws IOException {
    bind(new SocketHolder(tls, socket));
  }

  @Override
  protected void onRequestSubmitted(ClassicHttpRequest request) {
    // Not logged.
  }

  @Override
  protected void onResponseReceived(ClassicHttpResponse response) {
    // Not logged.
  }
}
