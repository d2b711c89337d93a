package dev.gatehouse.json;

import org.jspecify.annotations.Nullable;

/** What was read of one object: the values of its fields. */
final class Values {
  private final @Nullable Object[] slots;

  Values(@Nullable Object[] slots) {
    this.slots = slots;
  }

  /** The value of a field, or what stands for it. */
  <V> V get(Field<?, V> field) {
    @SuppressWarnings("unchecked") // only the field itself writes to its slot
    V value = (V) slots[field.slot()];
    if (value != null) {
      return value;
    }
    V absent = field.codec().absent();
    if (absent == null) {
      throw new Refused(Fault.MISSING).in(field.name().getValue());
    }
    return absent;
  }
}
