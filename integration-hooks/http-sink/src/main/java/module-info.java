/** What hooks that tell others over HTTP have in common. */
module dev.gatehouse.sink {
  requires static org.jspecify;
  requires transitive dev.gatehouse.api;
  requires transitive tools.jackson.databind;
  requires org.slf4j;

  exports dev.gatehouse.sink;
}
