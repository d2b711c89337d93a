package dev.gatehouse.testkit.spec;

import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.spec.Operations.Operation;
import dev.gatehouse.testkit.spec.SpecException.Part;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One provider's API description (OpenAPI 3.0). Says what is wrong with a request or an answer, in
 * words; nothing wrong, no words. Understands bodies in JSON and forms with bracketed names.
 * Thread-safe.
 */
public final class ApiSpec {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Operations operations;
  private final Schemas schemas;
  private final List<SpecException> exceptions;
  private final Set<SpecException> used = ConcurrentHashMap.newKeySet();

  private ApiSpec(Operations operations, Schemas schemas, List<SpecException> exceptions) {
    this.operations = operations;
    this.schemas = schemas;
    this.exceptions = List.copyOf(exceptions);
  }

  static ApiSpec of(String name, byte[] file) {
    JsonNode document = JSON.readTree(file);
    Operations operations = new Operations(document);
    return new ApiSpec(operations, new Schemas(name, document, operations.schemas()), List.of());
  }

  /** This description with what it does not know yet; counts anew what was used. */
  public ApiSpec allowing(List<SpecException> newer) {
    return new ApiSpec(operations, schemas, newer);
  }

  /** Exceptions that nothing needed: they can go. */
  public List<SpecException> unusedExceptions() {
    return exceptions.stream().filter(exception -> !used.contains(exception)).toList();
  }

  /** The operation that answers this, as the description writes it. */
  public Optional<String> operationName(HttpRequest request) {
    return operation(request).map(Operation::name);
  }

  /** What is wrong with this request. */
  public List<String> requestProblems(HttpRequest request) {
    Optional<Operation> found = operation(request);
    if (found.isEmpty()) {
      return List.of(request.method() + " " + request.uri().getPath() + ": no such operation");
    }
    Operation operation = found.get();
    List<String> problems = new ArrayList<>();
    problems.addAll(told("path", part(operation, "path"), path(operation, request)));
    ObjectNode query =
        FormTree.read(Optional.ofNullable(request.uri().getRawQuery()).orElse(""), problems);
    JsonNode asked = typed(without(Part.QUERY, operation, query), part(operation, "query"));
    problems.addAll(told("query", part(operation, "query"), asked));
    problems.addAll(told("header", part(operation, "header"), headers(operation, request)));
    problems.addAll(bodyProblems(operation, request));
    return named(operation, problems);
  }

  /** What is wrong with this answer to that request. */
  public List<String> responseProblems(HttpRequest request, HttpResponse response) {
    Optional<Operation> found = operation(request);
    if (found.isEmpty()) {
      return List.of(request.method() + " " + request.uri().getPath() + ": no such operation");
    }
    Operation operation = found.get();
    Optional<Optional<String>> schema = operation.answer(response.status());
    if (schema.isEmpty()) {
      return named(operation, List.of("status " + response.status() + " is not described"));
    }
    if (schema.get().isEmpty()) {
      return response.body().length == 0
          ? List.of()
          : named(operation, List.of("status " + response.status() + " has no body"));
    }
    List<String> problems = new ArrayList<>();
    if (!contentType(response.headers()).equals("application/json")) {
      problems.add("content-type is not application/json");
    }
    json(response.body(), problems)
        .map(body -> without(Part.RESPONSE_BODY, operation, body))
        .ifPresent(body -> problems.addAll(told("answer", schema.get().get(), body)));
    return named(operation, problems);
  }

  private Optional<Operation> operation(HttpRequest request) {
    return operations.find(request.method(), request.uri().getRawPath());
  }

  private static String part(Operation operation, String place) {
    return operation.key() + "-" + place;
  }

  private static List<String> named(Operation operation, List<String> problems) {
    return problems.stream().map(problem -> operation.name() + ": " + problem).toList();
  }

  private List<String> told(String where, String schema, JsonNode value) {
    return schemas.problems(schema, value).stream().map(problem -> where + " " + problem).toList();
  }

  private JsonNode typed(JsonNode value, String schema) {
    return new FormTypes(schemas).typed(value, operations.schema(schema));
  }

  private JsonNode path(Operation operation, HttpRequest request) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    Matcher matcher = operation.path().matcher(request.uri().getRawPath());
    if (matcher.matches()) {
      for (int i = 0; i < operation.pathNames().size(); i++) {
        String value = URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8);
        values.put(operation.pathNames().get(i), value);
      }
    }
    return typed(values, part(operation, "path"));
  }

  private JsonNode headers(Operation operation, HttpRequest request) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (HttpHeaders.Field field : request.headers().fields()) {
      values.put(field.name().toLowerCase(Locale.ROOT), field.value());
    }
    return typed(values, part(operation, "header"));
  }

  private List<String> bodyProblems(Operation operation, HttpRequest request) {
    byte[] body = request.body();
    String type = contentType(request.headers());
    if (body.length == 0 && !operation.needsBody() && !operation.bodies().containsKey(type)) {
      return List.of();
    }
    String schema = operation.bodies().get(type);
    if (schema == null) {
      return List.of("content-type '" + type + "' is none of " + operation.bodies().keySet());
    }
    List<String> problems = new ArrayList<>();
    Optional<JsonNode> tree =
        type.equals(FORM)
            ? Optional.of(FormTree.read(new String(body, StandardCharsets.UTF_8), problems))
            : json(body, problems);
    tree.map(read -> without(Part.REQUEST_BODY, operation, read))
        .map(read -> type.equals(FORM) ? typed(read, schema) : read)
        .ifPresent(read -> problems.addAll(told("body", schema, read)));
    return problems;
  }

  private static String contentType(HttpHeaders headers) {
    String value = headers.first("content-type").orElse("");
    return value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<JsonNode> json(byte[] body, List<String> problems) {
    try {
      return Optional.of(JSON.readTree(body));
    } catch (JacksonException e) {
      problems.add("the body is no JSON: " + e.getOriginalMessage());
      return Optional.empty();
    }
  }

  private JsonNode without(Part part, Operation operation, JsonNode value) {
    JsonNode left = value;
    for (SpecException exception : exceptions) {
      if (exception.isFor(part, operation.name())) {
        left = left.deepCopy();
        if (remove(left, exception.path())) {
          used.add(exception);
        }
      }
    }
    return left;
  }

  /** An entry of a form's list is a field whose name is its number. */
  private static boolean removeValue(JsonNode node, String text) {
    return node instanceof ObjectNode list
        && List.copyOf(list.propertyNames()).stream()
                .filter(entry -> text.equals(list.path(entry).asString("")))
                .map(list::remove)
                .toList()
                .size()
            > 0;
  }

  private static boolean remove(JsonNode node, List<String> path) {
    String name = path.get(0);
    if (path.size() == 1) {
      return name.startsWith("=")
          ? removeValue(node, name.substring(1))
          : node instanceof ObjectNode object && object.remove(name) != null;
    }
    List<String> rest = path.subList(1, path.size());
    boolean removed = false;
    if (name.equals("*")) {
      for (JsonNode child : node) {
        removed |= remove(child, rest);
      }
    } else {
      removed = remove(node.path(name), rest);
    }
    return removed;
  }
}
