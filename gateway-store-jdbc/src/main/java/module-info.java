/** The durable store of Gatehouse, on SQLite or PostgreSQL. */
module dev.gatehouse.store.jdbc {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires transitive java.sql;
  requires dev.gatehouse.json;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.gatehouse.store.jdbc;
}
