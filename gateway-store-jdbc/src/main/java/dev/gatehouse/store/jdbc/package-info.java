/**
 * The durable store on JDBC: {@link dev.gatehouse.store.jdbc.JdbcStore} on SQLite, one file for one
 * process, or on PostgreSQL for any number of nodes.
 */
@NullMarked
package dev.gatehouse.store.jdbc;

import org.jspecify.annotations.NullMarked;
