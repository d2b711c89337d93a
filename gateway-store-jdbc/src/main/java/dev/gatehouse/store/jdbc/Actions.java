package dev.gatehouse.store.jdbc;

import dev.gatehouse.store.Action;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The statements about what people did. */
final class Actions {
  private static final String COLUMNS =
      "SELECT number, at, actor, what, subject, detail, reason, outcome FROM gatehouse_action WHERE ";

  private static final String PAGE = "number < ? ORDER BY number DESC LIMIT ?";

  static final String ALL = COLUMNS + PAGE;
  static final String OF_SUBJECT = COLUMNS + "subject = ? AND " + PAGE;

  private Actions() {}

  static Action begin(Session db, Action action) throws SQLException {
    String sql =
        "INSERT INTO gatehouse_action (at, actor, what, subject, detail, reason)"
            + " VALUES (?, ?, ?, ?, ?, ?) RETURNING number";
    Optional<Long> number =
        db.first(
            sql,
            row -> row.getLong(1),
            Nanos.of(action.at()),
            action.actor(),
            action.what(),
            action.subject(),
            action.detail(),
            action.reason());
    return action.numbered(number.orElseThrow());
  }

  static int end(Session db, Action action) throws SQLException {
    return db.update(
        "UPDATE gatehouse_action SET outcome = ? WHERE number = ? AND outcome IS NULL",
        action.outcome().orElse(null),
        action.number());
  }

  static List<Action> find(Session db, Optional<String> subject, Optional<Long> before, int limit)
      throws SQLException {
    long end = before.orElse(Long.MAX_VALUE);
    return subject.isEmpty()
        ? db.query(ALL, Actions::action, end, limit)
        : db.query(OF_SUBJECT, Actions::action, subject.get(), end, limit);
  }

  private static Action action(ResultSet row) throws SQLException {
    return new Action(
        row.getLong(1),
        Nanos.of(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        Optional.ofNullable(row.getString(8)));
  }
}
