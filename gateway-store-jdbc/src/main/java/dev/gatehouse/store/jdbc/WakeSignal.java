package dev.gatehouse.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;

/**
 * How the processes on one PostgreSQL database hear at once that something waits to be delivered.
 * It says nothing but that; what waits is in the tables. A notice that is sent within a transaction
 * arrives when that commits, and not at all if it does not.
 */
final class WakeSignal {
  /** In bytes, as the server has it for every name. */
  private static final int LONGEST = 63;

  private WakeSignal() {}

  /** The channel of the tables in a schema: {@code gatehouse_} and its name. */
  static String channel(String schema) {
    String name = "gatehouse_" + schema;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST ? name : "gatehouse_" + UUID.nameUUIDFromBytes(bytes);
  }

  static void send(Session db, String channel) throws SQLException {
    db.exists("SELECT pg_notify(?, '')", channel);
  }
}
