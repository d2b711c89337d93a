package dev.gatehouse.http;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.error.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * There is no complete answer. Which of the two kinds it is says what may be done next. Messages
 * name the method and the host, never a path, a header or a body.
 */
public abstract sealed class TransportException extends GatehouseException {
  private static final long serialVersionUID = 1L;

  private TransportException(ErrorCategory category, Problem problem, @Nullable Throwable cause) {
    super(category, List.of(problem), cause);
  }

  /**
   * The provider provably never saw the request: no name, no connection, no TLS, or the call was
   * ended before its first byte was handed to the network.
   */
  public static final class NotSent extends TransportException {
    private static final long serialVersionUID = 1L;

    /**
     * For transports.
     *
     * @param code a stable name of the reason, such as {@code http.connect}
     * @param what the reason as a sentence without secrets
     * @param cause what the network said; must not quote the request
     */
    public NotSent(HttpRequest request, String code, String what, @Nullable Throwable cause) {
      super(
          ErrorCategory.NOT_SENT,
          new Problem(
              request.subject(), code, what, "nothing was sent; send it again with the same key"),
          cause);
    }
  }

  /**
   * The provider may have seen the request and may have acted on it. Has no cause, because what a
   * client says about a broken answer may quote the answer.
   */
  public static final class Unknown extends TransportException {
    private static final long serialVersionUID = 1L;

    /**
     * For transports.
     *
     * @param code a stable name of the reason, such as {@code http.timeout}
     * @param what the reason as a sentence without secrets
     */
    public Unknown(HttpRequest request, String code, String what) {
      super(
          ErrorCategory.UNKNOWN_OUTCOME,
          new Problem(
              request.subject(), code, what, "the outcome is unknown; look it up before anything"),
          null);
    }
  }
}
