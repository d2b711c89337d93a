package dev.gatehouse.json;

import dev.gatehouse.error.Problem;

/** What may be wrong with a place of a document. None of these shows what stands there. */
enum Fault {
  MALFORMED(
      "json.malformed", "is not well-formed JSON in UTF-8", "restore what was written at first"),
  TOO_LARGE(
      "json.too-large", "is nested too deeply or too long", "restore what was written at first"),
  WRONG_TYPE(
      "json.type",
      "holds another type of value than it should",
      "restore what was written at first"),
  OUT_OF_RANGE(
      "json.range",
      "is a number that is too large or too small",
      "restore what was written at first"),
  DUPLICATE("json.duplicate", "is there twice", "restore what was written at first"),
  MISSING("json.missing", "is missing", "restore what was written at first"),
  NOT_ALLOWED(
      "json.value", "holds a value that may not be there", "restore what was written at first"),
  UNKNOWN_WORD(
      "json.unknown-word",
      "holds a word that this version does not know",
      "read it with the version that wrote it, or a newer one"),
  NEWER(
      "json.newer",
      "was written by a newer version than this one",
      "read it with the version that wrote it, or a newer one");

  private final String code;
  private final String message;
  private final String remedy;

  Fault(String code, String message, String remedy) {
    this.code = code;
    this.message = message;
    this.remedy = remedy;
  }

  Problem at(String path) {
    return new Problem(path, code, message, remedy);
  }
}
