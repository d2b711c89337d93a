package dev.gatehouse.json;

import java.nio.charset.StandardCharsets;

/**
 * A document that is kept as a fixture.
 *
 * @param name the fixture's name
 * @param form its form
 * @param value what it stands for
 */
record Sample<T>(String name, Json<T> form, T value) {
  byte[] bytes() {
    return form.write(value);
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
