package dev.gatehouse.testkit.paypal;

import dev.gatehouse.testkit.paypal.Entries.Order;
import dev.gatehouse.testkit.paypal.Entries.Unit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Changes of an order that nobody has paid yet, in the manner of JSON Patch. */
final class Patches {
  private static final Pattern PATH =
      Pattern.compile(
          "/purchase_units/@reference_id=='([^']+)'/(amount|custom_id|invoice_id|description)");

  private final Books books;

  Patches(Books books) {
    this.books = books;
  }

  void apply(Call call, Order order) {
    if (!order.is("CREATED") && !order.is("APPROVED")) {
      throw call.unprocessable("NOT_PATCHABLE");
    }
    for (Fields patch : new Fields(call.kind(), "", wrapped(call)).list("patches")) {
      apply(call, order, patch);
    }
    order.updatedAt = books.now();
  }

  /** A patch's body is a bare list. */
  private static JsonNode wrapped(Call call) {
    return Json.object().set("patches", call.body().node());
  }

  private static void apply(Call call, Order order, Fields patch) {
    String op = patch.required("op", 255).toLowerCase(Locale.ROOT);
    Matcher path = PATH.matcher(patch.required("path", 1024));
    if (!op.equals("replace") && !op.equals("add")) {
      throw call.unprocessable("NOT_PATCHABLE");
    }
    if (!path.matches()) {
      throw call.unprocessable("NOT_PATCHABLE");
    }
    for (Unit unit : order.units) {
      if (unit.referenceId.equals(path.group(1))) {
        change(unit, path.group(2), patch);
        return;
      }
    }
    throw call.unprocessable("NOT_PATCHABLE");
  }

  private static void change(Unit unit, String field, Fields patch) {
    switch (field) {
      case "amount" -> {
        unit.amount = patch.amount("value");
        unit.breakdown = null;
        unit.items = null;
      }
      case "custom_id" -> unit.customId = patch.required("value", 127);
      case "invoice_id" -> unit.invoiceId = patch.required("value", 127);
      default -> unit.description = patch.required("value", 127);
    }
  }
}
