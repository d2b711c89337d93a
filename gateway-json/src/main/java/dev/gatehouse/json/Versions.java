package dev.gatehouse.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * The version of a shape that a document says it has.
 *
 * @param newest the newest that is read
 */
record Versions(int newest) implements Codec<Integer> {
  /** Whatever is added later can be left unread. */
  static final Versions ANY = new Versions(Integer.MAX_VALUE);

  @Override
  public void write(JsonGenerator out, Integer version) {
    out.writeNumber(version);
  }

  @Override
  public Integer read(JsonParser in) {
    int version = Scalars.COUNT.read(in);
    if (version < 1) {
      throw new Refused(Fault.OUT_OF_RANGE);
    }
    if (version > newest) {
      throw new Refused(Fault.NEWER);
    }
    return version;
  }
}
