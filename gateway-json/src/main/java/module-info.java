/** The one JSON form of Gatehouse's events, facts and records. */
module dev.gatehouse.json {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires tools.jackson.core;

  exports dev.gatehouse.json;
}
