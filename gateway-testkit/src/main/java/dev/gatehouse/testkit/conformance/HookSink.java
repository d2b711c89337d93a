package dev.gatehouse.testkit.conformance;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.DirectTransport;
import java.util.List;

/**
 * The service that a hook sends to, emulated: a function from request to response, with a ledger of
 * what it took and with the limits that the service documents. It is asked by one thread at a time.
 */
public interface HookSink extends DirectTransport.Provider {
  /**
   * One thing that the sink took in.
   *
   * @param id what the sink knows a repeat by: what comes again under the same id is dropped, or
   *     takes the place of what was there
   * @param isState whether it takes the place of what was there, as a contact's data do; of
   *     everything else there is one for each id
   * @param content all that was said of it, as readable text
   */
  record Item(String id, boolean isState, String content) {}

  /** What becomes of an item that the sink does not take. */
  enum Refusal {
    /** It may be sent again later. */
    FOR_NOW,
    /** It will never be taken. */
    FOR_GOOD
  }

  @Override
  HttpResponse handle(HttpRequest request);

  /** Everything that was taken, oldest first; what came twice is there twice. */
  List<Item> items();

  /** What it holds of persons at present, as readable text; what it was told to forget is gone. */
  default List<String> holds() {
    return List.of();
  }

  /** What a request had that the service's documentation forbids, in words; empty if nothing. */
  List<String> violations();

  /**
   * The last item of the next request is not taken, and the others are; answered as the service
   * answers that.
   *
   * @return whether this sink can be told so; not where it does not answer by item
   */
  default boolean refuseLastItem(Refusal refusal) {
    return false;
  }
}
