package dev.gatehouse.http.apache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the head of an answer and insists on its end. The client's own parser takes the end of the
 * stream for the end of the head, so that an answer cut before its {@code Content-Length} would be
 * a whole one without a body.
 */
record WholeHead(HttpMessageParser<ClassicHttpResponse> parser)
    implements HttpMessageParser<ClassicHttpResponse> {

  static HttpMessageParser<ClassicHttpResponse> create() {
    return new WholeHead(DefaultHttpResponseParserFactory.INSTANCE.create());
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    return parser.parse(buffer, new Unended(in));
  }

  private static final class Unended extends FilterInputStream {
    Unended(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return notEnded(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return notEnded(super.read(into, offset, length));
    }

    private static int notEnded(int read) throws IOException {
      if (read < 0) {
        throw new ConnectionClosedException("the connection ended within the head of the answer");
      }
      return read;
    }
  }
}
