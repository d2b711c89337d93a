package dev.gatehouse.testkit.conformance;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.BatchHook;
import dev.gatehouse.hook.HookContext;
import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The reference hook, broken on purpose in one way.
 *
 * @param name what it does wrong
 * @param bug the same in a sentence
 * @param killedBy the checks that it must fail, by id; it may fail others
 * @param opening makes it at a place
 */
record HookMutant(
    String name, String bug, Set<String> killedBy, Function<HookPlace, LifecycleHook> opening) {

  static HookMutant of(
      String name, String bug, Function<HookPlace, LifecycleHook> opening, String... killedBy) {
    return new HookMutant(name, bug, new TreeSet<>(Set.of(killedBy)), opening);
  }

  /** One that does something else where the reference sends a request. */
  static Function<HookPlace, LifecycleHook> wire(Wire wire) {
    return place -> new ReferenceHook(with(place, wire));
  }

  /** One that answers something else. */
  static Function<HookPlace, LifecycleHook> tells(UnaryOperator<HookResult> change) {
    return place ->
        new Bent(new ReferenceHook(place)) {
          @Override
          public HookResult handle(LifecycleEvent event, HookContext context) {
            return change.apply(super.handle(event, context));
          }
        };
  }

  /** What happens to a request. */
  interface Wire {
    HttpResponse send(HttpTransport whole, HttpRequest request, Duration limit);
  }

  static HookPlace with(HookPlace place, Wire wire) {
    HttpTransport bent =
        new HttpTransport() {
          @Override
          public HttpResponse send(HttpRequest request, Duration limit) {
            return wire.send(place.http(), request, limit);
          }

          @Override
          public void close() {
            // The kit closes what it opened.
          }
        };
    return new HookPlace(
        place.baseUrl(), bent, place.clock(), place.timeLimit(), place.secret(), place.testMode());
  }

  static HookPlace with(HookPlace place, boolean testMode) {
    return new HookPlace(
        place.baseUrl(), place.http(), place.clock(), place.timeLimit(), place.secret(), testMode);
  }

  static HookPlace with(HookPlace place, Clock clock) {
    return new HookPlace(
        place.baseUrl(), place.http(), clock, place.timeLimit(), place.secret(), place.testMode());
  }

  /** The request with another body. */
  static HttpRequest saying(HttpRequest request, UnaryOperator<String> change) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return new HttpRequest(
        request.method(),
        request.uri(),
        request.headers(),
        change.apply(body).getBytes(StandardCharsets.UTF_8));
  }

  static HttpRequest to(HttpRequest request, String where) {
    return new HttpRequest(request.method(), URI.create(where), request.headers(), request.body());
  }

  static HttpResponse status(HttpResponse answer, int status) {
    return new HttpResponse(status, answer.headers(), answer.body());
  }

  HookTarget target() {
    ReferenceHookTarget whole = new ReferenceHookTarget();
    return new HookTarget() {
      @Override
      public Set<HookTrait> traits() {
        return whole.traits();
      }

      @Override
      public HookSink sink(Clock clock, String secret) {
        return whole.sink(clock, secret);
      }

      @Override
      public LifecycleHook open(HookPlace place) {
        return opening.apply(place);
      }
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** Passes everything on; mutants change something of it. */
  static class Bent implements BatchHook, AutoCloseable {
    private final ReferenceHook whole;

    Bent(ReferenceHook whole) {
      this.whole = whole;
    }

    @Override
    public String id() {
      return whole.id();
    }

    @Override
    public boolean wants(LifecycleEvent event) {
      return whole.wants(event);
    }

    @Override
    public HookResult handle(LifecycleEvent event, HookContext context) {
      return whole.handle(event, context);
    }

    @Override
    public int most() {
      return whole.most();
    }

    @Override
    public List<HookResult> handleAll(List<Told> told) {
      return told.stream().map(one -> handle(one.event(), one.context())).toList();
    }

    @Override
    public void close() {
      whole.close();
    }

    @Override
    public String toString() {
      return whole.toString();
    }
  }
}
