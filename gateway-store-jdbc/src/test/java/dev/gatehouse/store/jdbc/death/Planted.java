package dev.gatehouse.store.jdbc.death;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.hook.Hook;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.InMemoryStore;
import dev.gatehouse.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A bug that a process has; the audit must find each. */
enum Planted {
  /** None. */
  NOTHING,
  /**
   * Its store has commits in memory, says that they are kept, and writes them down a moment later.
   */
  ACKNOWLEDGES_BEFORE_COMMIT,
  /** Its hook says that it took an event, and takes it a moment later. */
  ACKNOWLEDGES_BEFORE_HOOK,
  /** Its client sends some charges twice, under two keys. */
  CHARGES_TWICE;

  private static final String KEY = "idempotency-key";
  private static final long MOMENT = 3_000;

  Store around(Store store) {
    return this == ACKNOWLEDGES_BEFORE_COMMIT ? writingBehind(store) : store;
  }

  private static Store writingBehind(Store store) {
    Store memory = new InMemoryStore();
    ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    return (Store)
        Proxy.newProxyInstance(
            Planted.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(memory, arguments);
                if (method.getName().equals("commit")) {
                  Commit commit = (Commit) arguments[0];
                  later.schedule(() -> store.commit(commit), MOMENT, TimeUnit.MILLISECONDS);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  LifecycleHook hook(Consumer<Said> say) {
    if (this != ACKNOWLEDGES_BEFORE_HOOK) {
      return ShopProcess.hearing(say);
    }
    Executor later = CompletableFuture.delayedExecutor(MOMENT, TimeUnit.MILLISECONDS);
    return Hook.named(ShopProcess.HOOK)
        .on(
            LifecycleEvent.class,
            (event, context) -> {
              Said heard = ShopProcess.heard(event, System.nanoTime());
              later.execute(() -> say.accept(heard));
            });
  }

  HttpTransport around(HttpTransport door) {
    return this == CHARGES_TWICE ? twice(door) : door;
  }

  private static HttpTransport twice(HttpTransport door) {
    return new HttpTransport() {
      @Override
      public HttpResponse send(HttpRequest request, Duration limit) {
        String key = request.headers().first(KEY).orElse("");
        if (key.contains(".charge.")) {
          door.send(renamed(request, key + "-2"), limit);
        }
        return door.send(request, limit);
      }

      @Override
      public void close() {
        door.close();
      }
    };
  }

  private static HttpRequest renamed(HttpRequest request, String key) {
    HttpHeaders headers = HttpHeaders.none();
    for (HttpHeaders.Field field : request.headers().fields()) {
      headers = headers.with(field.name(), field.name().equals(KEY) ? key : field.value());
    }
    return new HttpRequest(request.method(), request.uri(), headers, request.body());
  }
}
