package dev.gatehouse.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Not thread-safe. */
final class Session implements AutoCloseable {
  /** Reads a row. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private final Connection connection;

  /** Empty where the driver caches statements by itself. */
  private final Optional<Map<String, PreparedStatement>> cache;

  private Session(Connection connection, Optional<Map<String, PreparedStatement>> cache) {
    this.connection = connection;
    this.cache = cache;
  }

  /** On a connection whose driver prepares a statement once and remembers it. */
  static Session of(Connection connection) {
    return new Session(connection, Optional.empty());
  }

  /**
   * On a connection of its own, which commits by itself. Those of an application's pool may not;
   * what they are given, the pool undoes.
   */
  static Session of(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return of(connection);
  }

  /** On a connection that is held for long; keeps its statements. */
  static Session caching(Connection connection) {
    return new Session(connection, Optional.of(new HashMap<>()));
  }

  Connection connection() {
    return connection;
  }

  <T> List<T> query(String sql, Row<T> reader, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql, values);
    try (ResultSet rows = statement.executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reader.of(rows));
      }
      return all;
    } finally {
      release(statement);
    }
  }

  <T> Optional<T> first(String sql, Row<T> reader, @Nullable Object... values) throws SQLException {
    return query(sql, reader, values).stream().findFirst();
  }

  boolean exists(String sql, @Nullable Object... values) throws SQLException {
    return !query(sql, row -> true, values).isEmpty();
  }

  int update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql, values);
    try {
      return statement.executeUpdate();
    } finally {
      release(statement);
    }
  }

  /** Such as BEGIN, which changes no rows. */
  void run(String sql) throws SQLException {
    PreparedStatement statement = prepared(sql);
    try {
      statement.execute();
    } finally {
      release(statement);
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = cache.map(known -> known.get(sql)).orElse(null);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      if (cache.isPresent()) {
        cache.get().put(sql, statement);
      }
    }
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else if (value instanceof Boolean flag) {
      statement.setBoolean(index, flag);
    } else if (value instanceof java.sql.Array array) {
      statement.setArray(index, array);
    } else if (value == null) {
      statement.setNull(index, Types.NULL);
    } else {
      throw new IllegalStateException("no column is of " + value.getClass());
    }
  }

  private void release(PreparedStatement statement) throws SQLException {
    if (cache.isEmpty()) {
      statement.close();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
