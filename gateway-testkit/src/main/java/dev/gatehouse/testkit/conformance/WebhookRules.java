package dev.gatehouse.testkit.conformance;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookNotice;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What providers announce. */
final class WebhookRules {
  private WebhookRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.must("GW-HOOK-01", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("A genuine notice is verified, and says which payment it is about.")
            .why("A notice that nobody understands leaves the customer waiting for the next poll.")
            .remedy("Answer Verified with a hint that has our reference or the provider's id.")
            .by(WebhookRules::genuine),
        Rule.must("GW-HOOK-02", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("One changed byte of the body, anywhere, is rejected.")
            .why("Whoever can change a notice says that an order is paid.")
            .remedy("Verify the raw bytes before anything is read from them.")
            .by(WebhookRules::changedBody),
        Rule.must("GW-HOOK-03", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("A changed signature is rejected.")
            .why("Else anybody can sign.")
            .remedy("Compare the whole signature, in constant time.")
            .by(WebhookRules::changedSignature),
        Rule.must("GW-HOOK-04", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("A notice without its signature is rejected.")
            .why("The first thing that an attacker tries is to leave it out.")
            .remedy("Reject where the header is missing or blank; never fall through.")
            .by(WebhookRules::unsigned),
        Rule.must("GW-HOOK-05", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("Headers are found whatever the case of their names, and whatever proxies add.")
            .why("Proxies and HTTP/2 change the case, and each proxy adds some of its own.")
            .remedy("Ask WebhookRequest.header(name) for each, and leave all others alone.")
            .by(WebhookRules::anyCase),
        Rule.must("GW-HOOK-06", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("Whatever comes gets an answer, and nothing that is no notice is verified.")
            .why("The address is public. Whatever throws there fills the log of a shop.")
            .remedy("Make receive() total: catch what parsing throws and answer Rejected.")
            .by(WebhookRules::garbage),
        Rule.must("GW-HOOK-07", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("Reading a notice changes nothing at the provider.")
            .why("Notices come twice, late, and from strangers.")
            .remedy("Do no more than verify and read.")
            .by(WebhookRules::actsNot),
        Rule.should("GW-HOOK-08", Group.WEBHOOKS)
            .needs(Capability.WEBHOOKS)
            .rule("A notice that was signed a week ago is not taken for new.")
            .why("A notice that was overheard can be played again for ever.")
            .remedy("Reject signatures outside of the provider's tolerance, on both sides.")
            .by(WebhookRules::old));
  }

  static PendingWebhook notice(Bench bench, ChargeRequest sale) {
    bench.charge(sale);
    bench.settle();
    List<PendingWebhook> notices = bench.provider.takeWebhooks();
    if (notices.isEmpty()) {
      throw new NotVerifiable("the target's provider announces no charge");
    }
    return bench.provider.signedNow(notices.get(notices.size() - 1));
  }

  static WebhookAnswer receive(Bench bench, PendingWebhook notice) {
    return receive(bench, headers(notice.headers()), notice.body());
  }

  static WebhookAnswer receive(Bench bench, Map<String, List<String>> headers, byte[] body) {
    return receive(bench.gateway(), headers, body);
  }

  /** By another instance. */
  static WebhookAnswer receive(PaymentGateway gateway, PendingWebhook notice) {
    return receive(gateway, headers(notice.headers()), notice.body());
  }

  static WebhookAnswer receive(
      PaymentGateway gateway, Map<String, List<String>> headers, byte[] body) {
    WebhookRequest request =
        new WebhookRequest("POST", URI.create("https://shop.example/hook"), headers, body);
    return Bench.told("receive", Bench.as(gateway, ReceivesWebhooks.class).receive(request));
  }

  static Map<String, List<String>> headers(HttpHeaders headers) {
    Map<String, List<String>> all = new TreeMap<>();
    headers
        .fields()
        .forEach(
            field -> all.computeIfAbsent(field.name(), n -> new ArrayList<>()).add(field.value()));
    return all;
  }

  static boolean isSignature(String header) {
    return header.toLowerCase(Locale.ROOT).contains("sig");
  }

  static void demandGenuine(WebhookAnswer answer) {
    Expect.that(
        answer instanceof WebhookAnswer.Verified,
        "A genuine notice was answered with " + answer.getClass().getSimpleName() + ".");
  }

  static void demandNotVerified(WebhookAnswer answer, String what) {
    Expect.that(!(answer instanceof WebhookAnswer.Verified), what + " was verified.");
  }

  private static void genuine(Bench bench) {
    ChargeRequest sale = bench.sale(Script.APPROVE);
    WebhookAnswer answer = receive(bench, notice(bench, sale));
    demandGenuine(answer);
    List<WebhookNotice> notices = ((WebhookAnswer.Verified) answer).notices();
    Expect.that(!notices.isEmpty(), "A notice of a charge announces nothing.");
    for (WebhookNotice notice : notices) {
      Expect.that(
          notice.hint().reference().filter(sale.reference()::equals).isPresent()
              || !notice.hint().providerIds().isEmpty(),
          "The hint of " + notice.type() + " has neither our reference nor an id.");
    }
  }

  private static void changedBody(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    demandGenuine(receive(bench, notice));
    byte[] body = notice.body();
    int step = Math.max(1, body.length / 32);
    for (int i = 0; i < body.length; i += step) {
      byte[] changed = body.clone();
      changed[i] ^= 1;
      demandNotVerified(
          receive(bench, headers(notice.headers()), changed), "A body with byte " + i + " changed");
    }
    byte[] longer = Arrays.copyOf(body, body.length + 1);
    longer[body.length] = ' ';
    demandNotVerified(
        receive(bench, headers(notice.headers()), longer), "A body with a space at its end");
  }

  private static void changedSignature(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    Map<String, List<String>> changed = new TreeMap<>();
    headers(notice.headers())
        .forEach(
            (name, values) ->
                changed.put(
                    name,
                    isSignature(name)
                        ? values.stream().map(WebhookRules::withLastChanged).toList()
                        : values));
    demandNotVerified(
        receive(bench, changed, notice.body()), "A notice whose signature was changed");
  }

  /** The last character of a signature that counts, as Base64 may end in padding. */
  private static String withLastChanged(String value) {
    int at = Math.max(0, value.length() - 8);
    char other = value.charAt(at) == 'a' ? 'b' : 'a';
    return value.substring(0, at) + other + value.substring(at + 1);
  }

  private static void unsigned(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    Map<String, List<String>> without = headers(notice.headers());
    without.keySet().removeIf(WebhookRules::isSignature);
    demandNotVerified(receive(bench, without, notice.body()), "A notice without a signature");
    Map<String, List<String>> blank = headers(notice.headers());
    blank.replaceAll((name, values) -> isSignature(name) ? List.of("") : values);
    demandNotVerified(receive(bench, blank, notice.body()), "A notice with a blank signature");
  }

  private static void anyCase(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    Map<String, List<String>> upper = new TreeMap<>();
    headers(notice.headers())
        .forEach((name, values) -> upper.put(name.toUpperCase(Locale.ROOT), values));
    upper.computeIfPresent(
        "CONTENT-TYPE", (name, types) -> List.of(types.get(0) + "; charset=utf-8"));
    upper.put("Via", List.of("2 edge", "1.1 cache"));
    upper.put("X-Forwarded-For", List.of("192.0.2.7, 10.0.0.1"));
    upper.put("X-Request-Signature", List.of("of the proxy's own"));
    demandGenuine(receive(bench, upper, notice.body()));
  }

  private static void garbage(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    List<byte[]> bodies =
        List.of(
            new byte[0],
            "null".getBytes(StandardCharsets.UTF_8),
            "[".repeat(100_000).getBytes(StandardCharsets.UTF_8),
            "<xml/>".getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xc3, (byte) 0x28, 0});
    for (byte[] body : bodies) {
      demandNotVerified(receive(bench, Map.of(), body), "Garbage");
      demandNotVerified(receive(bench, headers(notice.headers()), body), "Garbage");
    }
  }

  private static void actsNot(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    int before = bench.network.acting().size();
    receive(bench, notice);
    receive(bench, notice);
    Expect.equal(
        "How many requests may change something", 0, bench.network.acting().size() - before);
    if (bench.capabilities().contains(Capability.CUSTOMER_ACTION)) {
      actsNotOnApproval(bench);
    }
  }

  /** The notice that the customer has approved is a temptation to complete at once. */
  private static void actsNotOnApproval(Bench bench) {
    CustomerActionRules.approvedTaking(bench);
    bench.settle();
    int before = bench.network.acting().size();
    bench.provider.takeWebhooks().forEach(told -> receive(bench, bench.provider.signedNow(told)));
    Expect.equal(
        "How many requests of notices of an approval may change something",
        0,
        bench.network.acting().size() - before);
  }

  /** A week, as there are providers that send again for three days what they signed once. */
  private static void old(Bench bench) {
    PendingWebhook notice = notice(bench, bench.sale(Script.APPROVE));
    bench.clock.advance(Duration.ofDays(7));
    demandNotVerified(receive(bench, notice), "A notice that was signed a week ago");
  }
}
