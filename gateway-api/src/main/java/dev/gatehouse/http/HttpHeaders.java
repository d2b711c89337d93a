package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in their order. A name may occur several times; its case does not matter (RFC
 * 9110, section 5). Immutable. Holds any text, because answers may hold any text; what may be
 * <em>sent</em> is checked by {@link HttpRequest}. {@code toString} shows names, never values.
 */
public final class HttpHeaders {
  private static final HttpHeaders NONE = new HttpHeaders(List.of());

  private final List<Field> fields;

  private HttpHeaders(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** No headers at all. */
  public static HttpHeaders none() {
    return NONE;
  }

  /** The fields of a map, in its order; a missing key or value is refused as invalid input. */
  public static HttpHeaders of(Map<String, List<String>> values) {
    List<Field> fields = new ArrayList<>();
    Inputs.required("headers", values)
        .forEach(
            (name, list) -> {
              for (String value : Inputs.required("headers", list)) {
                fields.add(new Field(name, value));
              }
            });
    return new HttpHeaders(fields);
  }

  /** These fields and then one more; a field of the same name stays. */
  public HttpHeaders with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new HttpHeaders(more);
  }

  /** The first value of a name, if there is one. */
  public Optional<String> first(String name) {
    return fields.stream().filter(f -> f.isNamed(name)).map(Field::value).findFirst();
  }

  /** Every value of a name, in order; empty if there is none. */
  public List<String> all(String name) {
    return fields.stream().filter(f -> f.isNamed(name)).map(Field::value).toList();
  }

  /** Every field, in order. In an answer only the order of one name's values is certain. */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HttpHeaders that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * One header field.
   *
   * @param name the name; its case does not matter
   * @param value the value, which may be a secret and is not shown by {@code toString}
   */
  public record Field(String name, String value) {
    /** Refuses a missing name or value as invalid input. */
    public Field {
      Inputs.required("header name", name);
      Inputs.required("header value", value);
    }

    boolean isNamed(String other) {
      return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
      return Inputs.printable(name);
    }
  }
}
