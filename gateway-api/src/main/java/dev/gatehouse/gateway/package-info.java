/**
 * From a JAR to a gateway that can be called: providers are found and checked ({@link
 * dev.gatehouse.gateway.GatewayCatalog}, {@link dev.gatehouse.gateway.GatewayFolder}), instances
 * are opened with their settings ({@link dev.gatehouse.gateway.GatewayConfigs}, {@link
 * dev.gatehouse.gateway.Gateways}), and every call goes through a {@link
 * dev.gatehouse.gateway.GatewayHandle}, which refuses what is not declared and turns whatever a
 * gateway may throw into an honest outcome.
 */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
