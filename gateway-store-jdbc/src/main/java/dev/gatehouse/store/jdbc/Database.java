package dev.gatehouse.store.jdbc;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.Due;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the two databases do each in its own way. Thread-safe. */
interface Database extends AutoCloseable {
  /** One statement that changes nothing, or several; if it fails, nothing has happened. */
  <T> T read(Work<T> work);

  /** One statement that changes something; if it fails, nothing was kept, or that is unknown. */
  <T> T write(Work<T> work);

  /** Several statements, kept together or not at all; which of both may be unknown. */
  <T> T transaction(Work<T> work);

  /** Keeps all rows, or throws and keeps none. */
  void commit(Rows rows);

  /** Tells the other processes on this database that something may be due. */
  void announce();

  /** Calls back when another process announces something; nothing is heard after close. */
  void listen(Runnable heard);

  /** Takes in hand what is due for a hook. */
  List<Delivery> claim(String hook, Instant now, Instant until, int limit);

  /** Takes deliveries away and marks the next one of each subject; returns what was changed. */
  List<Delivery> acknowledge(List<Delivery> deliveries);

  /** Puts off the alarms that have gone off, so that nobody else sees them before that time. */
  List<Due> lease(Set<GatewayInstanceId> except, Instant now, Instant until, int limit);

  /** What is added to a SELECT so that it holds its rows until the end of the transaction. */
  String locking();

  /** The same records within a transaction that somebody else began and will end. */
  Database join(Connection connection);

  @Override
  void close();
}
