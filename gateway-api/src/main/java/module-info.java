/** The Gatehouse API: money, facts, the gateway SPI, the machines, the engine. */
module dev.gatehouse.api {
  requires static transitive org.jspecify;
  requires java.net.http;
  requires transitive jakarta.validation;
  requires transitive org.joda.money;
  requires org.slf4j;

  exports dev.gatehouse.error;
  exports dev.gatehouse.facts;
  exports dev.gatehouse.http;
  exports dev.gatehouse.id;
  exports dev.gatehouse.money;
  exports dev.gatehouse.spi;
  exports dev.gatehouse.validation;

  opens dev.gatehouse.spi;

  uses dev.gatehouse.spi.GatewayProvider;
}
