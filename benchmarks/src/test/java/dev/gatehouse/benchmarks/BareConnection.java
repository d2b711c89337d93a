package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.BareRows.Bare;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A connection that keeps every statement prepared, as the fastest user of JDBC would. */
final class BareConnection implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  BareConnection(Connection connection) {
    this.connection = connection;
  }

  /** Several statements as one text, which PostgreSQL's driver sends in one go. */
  static Bare together(List<Bare> statements) {
    List<@Nullable Object> values = new ArrayList<>();
    statements.forEach(statement -> values.addAll(statement.values()));
    return new Bare(statements.stream().map(Bare::sql).collect(Collectors.joining("; ")), values);
  }

  void run(Bare bare) throws SQLException {
    PreparedStatement statement = prepared.get(bare.sql());
    if (statement == null) {
      statement = connection.prepareStatement(bare.sql());
      prepared.put(bare.sql(), statement);
    }
    int index = 0;
    for (Object value : bare.values()) {
      bind(statement, ++index, value);
    }
    statement.execute();
  }

  void run(String sql) throws SQLException {
    run(new Bare(sql, List.of()));
  }

  void transaction(List<Bare> statements) throws SQLException {
    connection.setAutoCommit(false);
    for (Bare statement : statements) {
      run(statement);
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Boolean flag) {
      statement.setBoolean(index, flag);
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
