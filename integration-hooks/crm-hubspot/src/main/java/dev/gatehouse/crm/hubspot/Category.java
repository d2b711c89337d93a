package dev.gatehouse.crm.hubspot;

import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.sink.SinkJson;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What HubSpot calls an error. Its sentences may quote the contact; these words do not. */
final class Category {
  /** There is no such contact. */
  private static final String NOT_FOUND = "OBJECT_NOT_FOUND";

  private static final int MOST_CODES = 5;
  private static final Pattern WORD = Pattern.compile("[A-Z][A-Z_]{0,59}");

  private Category() {}

  static Optional<String> of(JsonNode fault) {
    return Optional.of(fault.path("category").asString(""))
        .filter(word -> WORD.matcher(word).matches());
  }

  static Optional<String> of(HttpResponse response) {
    return SinkJson.read(response.body()).flatMap(Category::of);
  }

  /** With what is wrong with properties, such as {@code VALIDATION_ERROR (INVALID_OPTION)}. */
  static Optional<String> words(JsonNode fault) {
    String codes =
        fault
            .path("errors")
            .valueStream()
            .map(error -> error.path("code").asString(""))
            .filter(code -> WORD.matcher(code).matches())
            .distinct()
            .limit(MOST_CODES)
            .collect(Collectors.joining(", "));
    return of(fault).map(category -> category + (codes.isEmpty() ? "" : " (" + codes + ")"));
  }

  static Optional<String> words(HttpResponse response) {
    return SinkJson.read(response.body()).flatMap(Category::words);
  }

  static boolean isNotFound(JsonNode fault) {
    return of(fault).filter(NOT_FOUND::equals).isPresent();
  }

  /** Whether HubSpot itself says so, and not somebody on the way. */
  static boolean isNotFound(HttpResponse response) {
    return response.status() == 404 && of(response).filter(NOT_FOUND::equals).isPresent();
  }
}
