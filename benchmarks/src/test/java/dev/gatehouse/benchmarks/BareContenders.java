package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.BareRows.Bare;
import dev.gatehouse.store.Commit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** The same rows by JDBC alone: what the databases allow. */
final class BareContenders {
  private BareContenders() {}

  /** Statements of both commits of a sale. */
  private record BareSale(List<Bare> intent, List<Bare> outcome) {}

  private abstract static class OfRows implements Contender {
    final DataSource source;
    List<BareSale> sales = List.of();

    OfRows(DataSource source) {
      this.source = source;
    }

    @Override
    public void prepare(Sales made) throws SQLException {
      BareRows rows = new BareRows();
      try (BareConnection connection = open()) {
        List<Bare> before = new ArrayList<>();
        for (Commit commit : made.before()) {
          before.addAll(rows.of(commit));
        }
        connection.transaction(before);
      }
      List<BareSale> all = new ArrayList<>();
      for (Sales.Sale sale : made.all()) {
        all.add(new BareSale(form(rows.of(sale.intent())), form(rows.of(sale.outcome()))));
      }
      sales = all;
    }

    List<Bare> form(List<Bare> statements) {
      return statements;
    }

    BareConnection open() throws SQLException {
      return new BareConnection(source.getConnection());
    }
  }

  /** On PostgreSQL, each commit as one text in one round trip. */
  static final class OneRoundTrip extends OfRows {
    OneRoundTrip(DataSource source) {
      super(source);
    }

    @Override
    List<Bare> form(List<Bare> statements) {
      return List.of(BareConnection.together(statements));
    }

    @Override
    public Caller caller() throws SQLException {
      BareConnection connection = open();
      return new Caller() {
        @Override
        public void sell(int sale) throws SQLException {
          connection.run(sales.get(sale).intent().get(0));
          connection.run(sales.get(sale).outcome().get(0));
        }

        @Override
        public void close() throws SQLException {
          connection.close();
        }
      };
    }
  }

  /** On PostgreSQL, as it is written most often: a transaction, and one statement after another. */
  static final class StatementByStatement extends OfRows {
    StatementByStatement(DataSource source) {
      super(source);
    }

    @Override
    public Caller caller() throws SQLException {
      BareConnection connection = open();
      return new Caller() {
        @Override
        public void sell(int sale) throws SQLException {
          connection.transaction(sales.get(sale).intent());
          connection.transaction(sales.get(sale).outcome());
        }

        @Override
        public void close() throws SQLException {
          connection.close();
        }
      };
    }
  }

  /** On SQLite, which has one writer: each commit a transaction, callers one after another. */
  static final class OneWriter extends OfRows {
    private final BareConnection writer;
    private final ReentrantLock lock = new ReentrantLock();

    OneWriter(DataSource source) throws SQLException {
      super(source);
      this.writer = open();
      writer.run("PRAGMA synchronous = FULL");
    }

    @Override
    public Caller caller() {
      return sale -> {
        write(sales.get(sale).intent());
        write(sales.get(sale).outcome());
      };
    }

    private void write(List<Bare> statements) throws SQLException {
      lock.lock();
      try {
        writer.run("BEGIN IMMEDIATE");
        for (Bare statement : statements) {
          writer.run(statement);
        }
        writer.run("COMMIT");
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() throws SQLException {
      writer.close();
    }
  }

  /**
   * On SQLite, one thread that writes the commits of all callers in one transaction, all intents,
   * then all outcomes, as if every caller came at the same moment: the limit of sharing.
   */
  static final class AllInOne extends OfRows {
    private final BareConnection writer;
    private int callers;

    AllInOne(DataSource source) throws SQLException {
      super(source);
      this.writer = open();
      writer.run("PRAGMA synchronous = FULL");
    }

    @Override
    public int threads(int asked) {
      callers = asked;
      return 1;
    }

    @Override
    public Caller caller() {
      List<BareSale> waiting = new ArrayList<>();
      return new Caller() {
        @Override
        public void sell(int sale) throws SQLException {
          waiting.add(sales.get(sale));
          if (waiting.size() == callers) {
            finish();
          }
        }

        @Override
        public void finish() throws SQLException {
          write(waiting.stream().map(BareSale::intent).toList());
          write(waiting.stream().map(BareSale::outcome).toList());
          waiting.clear();
        }
      };
    }

    private void write(List<List<Bare>> commits) throws SQLException {
      writer.run("BEGIN IMMEDIATE");
      for (List<Bare> commit : commits) {
        for (Bare statement : commit) {
          writer.run(statement);
        }
      }
      writer.run("COMMIT");
    }

    @Override
    public void close() throws SQLException {
      writer.close();
    }
  }
}
