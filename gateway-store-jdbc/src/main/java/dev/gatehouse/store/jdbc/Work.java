package dev.gatehouse.store.jdbc;

import java.sql.SQLException;

/** Something to do with a connection. */
interface Work<T> {
  T in(Session session) throws SQLException;
}
