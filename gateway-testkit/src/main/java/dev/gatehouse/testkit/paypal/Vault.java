package dev.gatehouse.testkit.paypal;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.VaultEntries.SetUp;
import dev.gatehouse.testkit.paypal.VaultEntries.Storing;
import dev.gatehouse.testkit.paypal.VaultEntries.Vaulted;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls of {@code /v3/vault}, and what orders have to do with it. */
final class Vault {
  private static final Pattern CUSTOMER = Pattern.compile("[0-9a-zA-Z_-]{1,22}");
  private static final Pattern DESCRIPTION = Pattern.compile("[a-zA-Z0-9_'\\-., :;!?\"]*");
  private static final Pattern PAGED =
      Pattern.compile("(?:^|&)(customer_id|page_size|page)=([0-9a-zA-Z_-]+)");
  private static final int DEFAULT_PAGE = 5;

  private final Books books;
  private final RequestIds keys;
  private final Answers answers;
  private boolean later;

  Vault(Books books, RequestIds keys, Answers answers) {
    this.books = books;
    this.keys = keys;
    this.answers = answers;
  }

  /** The next wallet that is to be kept with an order is kept some time after its payment. */
  void nextIsLater() {
    later = true;
  }

  HttpResponse setUp(Call call) {
    demandKey(call);
    Fields wallet = call.body().inner("payment_source").inner("paypal");
    wallet.inner("experience_context").required("return_url", 4000);
    wallet.inner("experience_context").required("cancel_url", 4000);
    SetUp setUp =
        new SetUp(
            books.nextId(),
            call.app(),
            storing(call, call.body(), wallet),
            call.key(),
            books.now());
    books.add(setUp);
    keys.keep(call, () -> answers.json(200, VaultViews.setUp(setUp)));
    return answers.json(201, VaultViews.setUp(setUp));
  }

  HttpResponse getSetUp(Call call) {
    return answers.json(200, VaultViews.setUp(books.setUp(call.app(), call.id())));
  }

  /** Keeps a wallet whose payer has approved that. */
  HttpResponse vault(Call call) {
    demandKey(call);
    Fields token = call.body().inner("payment_source").inner("token");
    if (!token.required("type", 255).equals("SETUP_TOKEN")) {
      throw Issue.invalid(call.kind(), "INVALID_PARAMETER_VALUE", "/payment_source/token/type");
    }
    SetUp setUp = books.setUp(call.app(), token.required("id", 255));
    if (setUp.is("VAULTED")) {
      throw call.unprocessable("SETUP_TOKEN_ALREADY_USED");
    }
    if (!setUp.is("APPROVED")) {
      throw call.unprocessable("SETUP_TOKEN_NOT_APPROVED");
    }
    Vaulted vaulted = kept(call.app(), setUp.storing, null, setUp.funding);
    setUp.status = "VAULTED";
    setUp.vaulted = vaulted;
    keys.keep(call, () -> answers.json(200, VaultViews.vaulted(vaulted)));
    return answers.json(201, VaultViews.vaulted(vaulted));
  }

  HttpResponse get(Call call) {
    return answers.json(200, VaultViews.vaulted(books.vaulted(call.app(), call.id())));
  }

  HttpResponse list(Call call) {
    Map<String, String> query = query(call);
    String customer = query.get("customer_id");
    if (customer == null) {
      throw Issue.invalid(call.kind(), "MISSING_REQUIRED_PARAMETER", "customer_id");
    }
    int size = number(query.get("page_size"), DEFAULT_PAGE);
    int page = number(query.get("page"), 1);
    List<Vaulted> all =
        books
            .vaulted()
            .filter(vaulted -> vaulted.app.equals(call.app()) && !vaulted.removed)
            .filter(vaulted -> vaulted.storing.customer().equals(customer))
            .toList();
    int pages = (all.size() + size - 1) / size;
    List<Vaulted> shown = all.stream().skip((long) (page - 1) * size).limit(size).toList();
    return answers.json(200, VaultViews.list(call.app(), customer, shown, all.size(), pages));
  }

  private static Map<String, String> query(Call call) {
    String query = call.request().uri().getQuery();
    Matcher matcher = PAGED.matcher(query == null ? "" : query);
    Map<String, String> found = new HashMap<>();
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2));
    }
    return found;
  }

  private static int number(@Nullable String text, int otherwise) {
    return text == null || !text.matches("[1-9][0-9]{0,2}") ? otherwise : Integer.parseInt(text);
  }

  /** What is not there is deleted, too: the description knows no other answer. */
  HttpResponse delete(Call call) {
    books
        .vaulted()
        .filter(vaulted -> vaulted.id.equals(call.id()) && vaulted.app.equals(call.app()))
        .filter(vaulted -> !vaulted.removed)
        .forEach(this::remove);
    return answers.empty(204);
  }

  void remove(Vaulted vaulted) {
    vaulted.removed = true;
    books.notices().of("VAULT.PAYMENT-TOKEN.DELETED", vaulted);
  }

  /** What an order is to keep, by its {@code payment_source}; null if nothing. */
  @Nullable Storing storing(Call call, Fields wallet) {
    if (!wallet.has("attributes") || !wallet.inner("attributes").has("vault")) {
      return null;
    }
    Fields attributes = wallet.inner("attributes");
    Fields vault = attributes.inner("vault");
    if (!vault.required("store_in_vault", 255).equals("ON_SUCCESS")) {
      throw Issue.invalid(
          call.kind(), "INVALID_PARAMETER_VALUE", "/payment_source/paypal/attributes/vault");
    }
    return storing(call, attributes, vault);
  }

  private Storing storing(Call call, Fields owner, Fields wallet) {
    wallet.required("usage_type", 255);
    String description = wallet.optional("description", 128);
    if (description != null && !DESCRIPTION.matcher(description).matches()) {
      throw Issue.invalid(call.kind(), "INVALID_PARAMETER_SYNTAX", "description");
    }
    String customer =
        owner.has("customer")
            ? owner.inner("customer").required("id", 22)
            : books.nextId().substring(0, 10);
    if (!CUSTOMER.matcher(customer).matches()) {
      throw Issue.invalid(call.kind(), "INVALID_PARAMETER_SYNTAX", "/customer/id");
    }
    return new Storing(customer, description, wallet.optional("usage_pattern", 30));
  }

  /** A wallet that was kept, for paying an order with it. */
  Vaulted source(Call call, Fields wallet) {
    String id = wallet.required("vault_id", 255);
    return books
        .vaulted()
        .filter(vaulted -> vaulted.id.equals(id) && vaulted.app.equals(call.app()))
        .filter(vaulted -> !vaulted.removed)
        .findFirst()
        .orElseThrow(() -> call.unprocessable("TOKEN_ID_NOT_FOUND"));
  }

  /** Keeps what an order is to keep, once money of it has come or is held. */
  void keep(Order order) {
    Storing storing = order.stores;
    boolean good =
        order.captures().anyMatch(capture -> capture.arrived)
            || order.holds().anyMatch(Entries.Hold::isAlive);
    if (storing == null || order.vaulted != null || !good) {
      return;
    }
    if (later) {
      later = false;
      return;
    }
    Funding funding = order.funding == null ? Funding.BALANCE : order.funding;
    order.vaulted = kept(order.app, storing, order.id, funding);
  }

  private Vaulted kept(PayPalApp app, Storing storing, @Nullable String order, Funding funding) {
    String id = books.nextId().toLowerCase(Locale.ROOT);
    Vaulted vaulted = new Vaulted(id, app, storing, order, funding);
    books.add(vaulted);
    books.notices().of("VAULT.PAYMENT-TOKEN.CREATED", vaulted);
    return vaulted;
  }

  private static void demandKey(Call call) {
    if (call.key() == null) {
      throw Issue.invalid(call.kind(), "MISSING_REQUIRED_PARAMETER", "PayPal-Request-Id");
    }
  }
}
