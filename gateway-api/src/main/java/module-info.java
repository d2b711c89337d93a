/** The Gatehouse API: money, facts, the gateway SPI, the machines, the engine. */
module dev.gatehouse.api {
  requires static transitive org.jspecify;
  requires java.net.http;
  requires transitive jakarta.validation;
  requires transitive org.joda.money;
  requires org.slf4j;

  exports dev.gatehouse;
  exports dev.gatehouse.checkout;
  exports dev.gatehouse.command;
  exports dev.gatehouse.customer;
  exports dev.gatehouse.engine;
  exports dev.gatehouse.error;
  exports dev.gatehouse.event;
  exports dev.gatehouse.facts;
  exports dev.gatehouse.gateway;
  exports dev.gatehouse.hook;
  exports dev.gatehouse.http;
  exports dev.gatehouse.id;
  exports dev.gatehouse.machine;
  exports dev.gatehouse.manual;
  exports dev.gatehouse.membership;
  exports dev.gatehouse.money;
  exports dev.gatehouse.operations;
  exports dev.gatehouse.payment;
  exports dev.gatehouse.spi;
  exports dev.gatehouse.store;
  exports dev.gatehouse.validation;

  opens dev.gatehouse.checkout;
  opens dev.gatehouse.command;
  opens dev.gatehouse.customer;
  opens dev.gatehouse.operations;
  opens dev.gatehouse.spi;

  uses dev.gatehouse.spi.GatewayProvider;
  uses dev.gatehouse.hook.HookProvider;
  uses dev.gatehouse.hook.LifecycleHook;
  uses dev.gatehouse.http.HttpTransportFactory;

  provides dev.gatehouse.spi.GatewayProvider with
      dev.gatehouse.manual.ManualGatewayProvider;
}
