package dev.gatehouse.store.jdbc;

import dev.gatehouse.error.GatehouseException;
import dev.gatehouse.store.Delivery;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries away, of which each needs its subject for a moment. A transaction of the
 * application's may hold one of those for as long as it likes: that costs the others nothing, and
 * its own acknowledgement follows by itself when the subject is free. Thread-safe.
 */
final class PostgresAcknowledgements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresAcknowledgements.class);

  /** A commit holds a subject for milliseconds. Whoever does for longer is not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final String ACKNOWLEDGE = "SELECT * FROM gatehouse_acknowledge(?, ?, ?, ?, ?)";

  /** What was not taken away. */
  private record Left(List<Delivery> changed, List<Delivery> busy) {}

  private record Place(int number, boolean busy) {}

  private final Database database;
  private final LateAcknowledgements late = new LateAcknowledgements(this::isDoneLate);

  PostgresAcknowledgements(Database database) {
    this.database = database;
  }

  /** All at once; then those that were busy one by one; what still is, later. */
  List<Delivery> acknowledge(List<Delivery> deliveries) {
    Left left = database.write(db -> acknowledge(db, deliveries, 0));
    List<Delivery> changed = new ArrayList<>(left.changed);
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Delivery busy : left.busy) {
      Left still = alone(busy, Duration.ofNanos(end - System.nanoTime()));
      changed.addAll(still.changed);
      still.busy.forEach(late::add);
    }
    return changed;
  }

  /** The next event of the subject is due then, and nobody else would say so. */
  private boolean isDoneLate(Delivery delivery) {
    boolean done = alone(delivery, PATIENCE).busy().isEmpty();
    if (done) {
      database.announce();
    }
    return done;
  }

  /** Waits for the subject, with nothing else in hand. */
  private Left alone(Delivery delivery, Duration patience) {
    List<Delivery> one = List.of(delivery);
    Left busy = new Left(List.of(), one);
    if (patience.toMillis() < 1) {
      return busy;
    }
    try {
      return database.write(
          db -> {
            try {
              return acknowledge(db, one, (int) patience.toMillis());
            } catch (SQLException e) {
              if (Failures.isLocked(e)) {
                return busy;
              }
              throw e;
            }
          });
    } catch (GatehouseException e) {
      LOG.debug("an acknowledgement failed, and is tried again", e);
      return busy;
    }
  }

  /** Within somebody's transaction, which waits as long as it does for everything else. */
  static List<Delivery> acknowledgeWithin(Session db, List<Delivery> deliveries)
      throws SQLException {
    return acknowledge(db, deliveries, null).changed;
  }

  private static Left acknowledge(Session db, List<Delivery> deliveries, @Nullable Integer patience)
      throws SQLException {
    Array hooks = Postgres.array(db, "text", deliveries, Delivery::hook);
    Array events = Postgres.array(db, "text", deliveries, Deliveries::idOf);
    Array subjects = Postgres.array(db, "text", deliveries, Deliveries::subjectOf);
    Array versions = Postgres.array(db, "int8", deliveries, Delivery::version);
    List<Place> places =
        db.query(
            ACKNOWLEDGE,
            row -> new Place(row.getInt(1), row.getBoolean(2)),
            hooks,
            events,
            subjects,
            versions,
            patience);
    List<Delivery> changed = new ArrayList<>();
    List<Delivery> busy = new ArrayList<>();
    for (Place place : places) {
      (place.busy ? busy : changed).add(deliveries.get(place.number - 1));
    }
    return new Left(changed, busy);
  }

  /** What is not done by then is told to its hook once more. */
  @Override
  public void close() {
    late.close();
  }
}
