package com.acme.gateway;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Acme itself, with a ledger, behind the HTTP door; it can lose a request or a response. */
public final class AcmeBank implements HttpTransport {
  enum Fault {
    NONE,
    LOSE_REQUEST,
    LOSE_RESPONSE,
    PAGE_OF_A_PROXY
  }

  private final Map<String, List<Map<String, String>>> payments = new TreeMap<>();
  private final Map<String, String> referenceOfKey = new HashMap<>();
  private Fault next = Fault.NONE;
  private boolean refundsFail;

  void failNext(Fault fault) {
    next = fault;
  }

  void failRefunds() {
    refundsFail = true;
  }

  List<Map<String, String>> records(String reference) {
    return payments.getOrDefault(reference, List.of());
  }

  void settle(String reference, String status) {
    records(reference).forEach(record -> record.put("status", status));
  }

  /** Somebody refunds a charge at Acme's console: no operation of ours has a part in it. */
  void refundAtConsole(String reference) {
    Map<String, String> refund = new TreeMap<>(records(reference).get(0));
    refund.remove("key");
    refund.put("charge", refund.get("id"));
    refund.put("kind", "refund");
    refund.put("id", "re_console_" + reference);
    refund.put("status", "done");
    records(reference).add(refund);
  }

  @Override
  public HttpResponse send(HttpRequest request, Duration limit) {
    Fault fault = next;
    next = Fault.NONE;
    if (fault == Fault.LOSE_REQUEST) {
      throw new TransportException.Unknown(request, "http.lost", "the connection broke");
    }
    HttpResponse response =
        request.method().equals("GET") ? show(request) : act(request, Forms.read(body(request)));
    if (fault == Fault.LOSE_RESPONSE) {
      throw new TransportException.Unknown(request, "http.lost", "the connection broke");
    }
    return fault == Fault.PAGE_OF_A_PROXY ? answer(400, "<html>Bad Request</html>") : response;
  }

  @Override
  public void close() {}

  private HttpResponse show(HttpRequest request) {
    String path = request.uri().getPath();
    return shown(path.substring(path.lastIndexOf('/') + 1));
  }

  private HttpResponse act(HttpRequest request, Map<String, String> form) {
    String known = referenceOfKey.get(form.get("key"));
    if (known != null) {
      return shown(known);
    }
    return switch (request.uri().getPath()) {
      case "/v1/payments" -> charge(form);
      case "/v1/refunds" -> refund(form);
      default -> answer(404, "error=no_such_path");
    };
  }

  private HttpResponse charge(Map<String, String> form) {
    Map<String, String> charge = new TreeMap<>(form);
    String token = String.valueOf(charge.remove("token"));
    charge.put("kind", "charge");
    charge.put("id", "ch_" + form.get("reference"));
    charge.put("live", "false");
    switch (token) {
      case "tok_ok" -> charge.put("status", "paid");
      case "tok_slow" -> charge.put("status", "in_clearing");
      case "tok_odd" -> charge.put("status", "in_escrow");
      case "tok_poor" -> {
        charge.put("status", "declined");
        charge.put("code", "no_funds");
      }
      default -> {
        return answer(422, "error=unknown_token");
      }
    }
    return kept(form, form.get("reference"), charge);
  }

  private HttpResponse refund(Map<String, String> form) {
    String reference = form.get("charge").substring("ch_".length());
    Map<String, String> refund = new TreeMap<>(form);
    refund.put("kind", "refund");
    refund.put("id", "re_" + records(reference).size() + "_" + reference);
    refund.put("status", refundsFail ? "failed" : "done");
    return kept(form, reference, refund);
  }

  private HttpResponse kept(
      Map<String, String> form, String reference, Map<String, String> record) {
    payments.computeIfAbsent(reference, r -> new ArrayList<>()).add(record);
    referenceOfKey.put(form.get("key"), reference);
    return shown(reference);
  }

  private HttpResponse shown(String reference) {
    List<Map<String, String>> records = records(reference);
    return records.isEmpty()
        ? answer(404, "error=not_found")
        : answer(200, records.stream().map(Forms::write).collect(Collectors.joining("\n")));
  }

  private static HttpResponse answer(int status, String body) {
    return new HttpResponse(status, HttpHeaders.none(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(HttpRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }
}
