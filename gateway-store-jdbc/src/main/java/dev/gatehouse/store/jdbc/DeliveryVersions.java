package dev.gatehouse.store.jdbc;

import java.sql.SQLException;

/**
 * Numbers that were never given before. The file says where the next block of them starts, and each
 * opening takes a new one, so that a number costs no write and a crash wastes only numbers. Used by
 * the one writer alone.
 */
final class DeliveryVersions {
  /** At a million a second it lasts for a hundred days; 2^23 openings have one each. */
  private static final long BLOCK = 1L << 40;

  private long next;

  /** Takes a block, within a statement of its own. */
  void reserve(Session writer) throws SQLException {
    next =
        writer
            .first(
                "UPDATE gatehouse_delivery_version SET next = next + ? RETURNING next - ?",
                row -> row.getLong(1),
                BLOCK,
                BLOCK)
            .orElseThrow(() -> new SQLException("gatehouse_delivery_version is empty"));
  }

  long next() {
    return next++;
  }
}
