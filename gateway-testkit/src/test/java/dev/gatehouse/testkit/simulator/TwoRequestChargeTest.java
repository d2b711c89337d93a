package dev.gatehouse.testkit.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A charge by two requests that both change something: one makes an order, the other has it paid.
 * Whatever befalls either of them, or happens between them, money is taken once or not at all.
 */
class TwoRequestChargeTest {
  private static final String CHARGES = "/v1/charges";
  private static final String ORDERS = "/v1/orders";

  @Test
  void whatever_befalls_either_request_of_a_charge_the_invariants_hold() {
    Simulator.Summary summary =
        Simulator.seeds(1, 100)
            .onThreads(2)
            .with(
                SimulationOptions.defaults()
                    .withProvider(TwoRequestChargeTest::withOrders)
                    .withPorts(Ports.plain().withTransport(OrdersFirst::new)))
            .run();

    assertThat(summary.violated()).as(SimulatorTest.stories(summary.violated())).isEmpty();
    Incidents incidents = summary.incidents();
    GatewayRequest first = new GatewayRequest(GatewayCall.CHARGE, 1);
    GatewayRequest second = new GatewayRequest(GatewayCall.CHARGE, 2);
    for (FaultKind fault : FaultKind.values()) {
      if (fault.isOfRequests() && fault != FaultKind.STALE_READ) {
        Map<GatewayRequest, Integer> struck = incidents.byRequests().get(fault);
        assertThat(struck).as(fault.name()).containsKey(second);
        if (fault != FaultKind.WEBHOOK_BEFORE_RESPONSE) {
          assertThat(struck).as(fault.name()).containsKey(first);
        }
      }
    }
    assertThat(incidents.between()).as("steps of others").containsKey(second);
  }

  /** The gateway's door: what the reference gateway asks in one request is asked in two. */
  private static final class OrdersFirst extends TransportAround {
    OrdersFirst(HttpTransport behind) {
      super(behind);
    }

    @Override
    public HttpResponse send(HttpRequest request, Duration limit) {
      if (!request.method().equals("POST") || !request.uri().getPath().equals(CHARGES)) {
        return behind.send(request, limit);
      }
      if (!isOrdered(request, limit)) {
        throw new TransportException.NotSent(request, "order", "there is no order to pay", null);
      }
      return behind.send(to(request, CHARGES, ORDERS + "/pay"), limit);
    }

    /** An order takes no money, so whatever is not a plain yes is a no. */
    private boolean isOrdered(HttpRequest request, Duration limit) {
      try {
        HttpResponse order = behind.send(to(request, CHARGES, ORDERS), limit);
        return order.status() == 200 && order.bodyAsUtf8().endsWith("}");
      } catch (TransportException e) {
        return false;
      }
    }
  }

  /** The reference provider, at which a charge is an order that is paid. */
  private static SimulatedProvider withOrders(Clock clock, String secret, Random random) {
    SimulatedProvider reference = SimulatedProvider.reference(clock, secret, random);
    Map<String, byte[]> orders = new HashMap<>();
    return (SimulatedProvider)
        Proxy.newProxyInstance(
            TwoRequestChargeTest.class.getClassLoader(),
            new Class<?>[] {SimulatedProvider.class},
            (proxy, method, args) -> {
              if (method.getName().equals("handle")) {
                return handle(reference, orders, (HttpRequest) args[0]);
              }
              try {
                return method.invoke(reference, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static HttpResponse handle(
      SimulatedProvider reference, Map<String, byte[]> orders, HttpRequest request) {
    String key = reference.key(request).orElse("");
    return switch (request.uri().getPath()) {
      case ORDERS -> {
        orders.put(key, request.body());
        yield answer(200, "{\"object\":\"order\"}");
      }
      case ORDERS + "/pay" ->
          orders.containsKey(key)
              ? reference.handle(to(request, ORDERS + "/pay", CHARGES))
              : answer(404, "{\"error\":{\"type\":\"not_found\"}}");
      default -> reference.handle(request);
    };
  }

  private static HttpResponse answer(int status, String body) {
    return new HttpResponse(status, HttpHeaders.none(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpRequest to(HttpRequest request, String from, String path) {
    URI uri = URI.create(request.uri().toString().replace(from, path));
    return new HttpRequest(request.method(), uri, request.headers(), request.body());
  }
}
