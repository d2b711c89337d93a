package dev.gatehouse.examples.membership;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One object of an input file. Whatever is missing or malformed is complained about with its file,
 * line and field, and empty here, so that reading goes on and finds the rest. Not thread-safe.
 */
final class Row {
  private final InputFile file;
  private final String place;
  private final Located.Fields fields;
  private final Complaints complaints;
  private final Set<String> known = new HashSet<>();

  Row(InputFile file, String place, Located.Fields fields, Complaints complaints) {
    this.file = file;
    this.place = place;
    this.fields = fields;
    this.complaints = complaints;
  }

  /** A text that must be there. */
  Optional<String> text(String field) {
    if (!fields.values().containsKey(field)) {
      known.add(field);
      complain(field, "field.missing", "is missing", "add it");
      return Optional.empty();
    }
    return optionalText(field);
  }

  /** A text that may be left out. */
  Optional<String> optionalText(String field) {
    known.add(field);
    Located value = fields.values().get(field);
    if (value instanceof Located.Text text) {
      return Optional.of(text.value());
    }
    if (value != null) {
      complain(field, "field.no-text", "is not a text", "write it in double quotes");
    }
    return Optional.empty();
  }

  /** What Gatehouse makes of a field's text; its complaints become complaints of this field. */
  <T> Optional<T> made(String field, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (InvalidInputException e) {
      e.problems().forEach(problem -> complaints.add(at(field), problem));
      return Optional.empty();
    }
  }

  /** One of several words. */
  <T> Optional<T> oneOf(String field, Optional<String> word, Map<String, T> words) {
    if (word.isPresent() && !words.containsKey(word.get())) {
      complain(field, "field.unknown-word", "is not known", "use one of " + words.keySet());
    }
    return word.flatMap(known -> Optional.ofNullable(words.get(known)));
  }

  /** Complaints of Gatehouse about a record that was made of this row. */
  void complainOf(List<Problem> problems) {
    for (Problem problem : problems) {
      String path = problem.field();
      complaints.add(at(path.substring(path.lastIndexOf('.') + 1)), problem);
    }
  }

  /** A complaint about a field. */
  void complain(String field, String code, String message, String remedy) {
    complaints.add(at(field), code, message, remedy);
  }

  /** Complains about fields that nobody asked for: a misspelt name must not go unnoticed. */
  void demandNothingElse() {
    for (String field : fields.values().keySet()) {
      if (!known.contains(field)) {
        complain(field, "field.unknown", "is not known here", "remove it, or correct its name");
      }
    }
  }

  private String at(String field) {
    Located value = fields.values().get(field);
    int line = value == null ? fields.line() : value.line();
    return file.at(line, place + "." + field);
  }
}
