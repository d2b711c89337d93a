package dev.gatehouse.gateway;

import dev.gatehouse.facts.Mode;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.spi.GatewayDescription;

/**
 * What can be told of an opened gateway. It can't be called through this: money moves by commands
 * only, or nothing would be known of it. Immutable.
 *
 * @param id the instance's id here, such as {@code stripe-eu}
 * @param provider the id of its provider, such as {@code stripe}
 * @param mode whether real money moves
 * @param takesNewPayments whether new payments may begin; if not, everything else still goes on
 * @param description what it says of itself, its version among it
 * @param source the provider's class, its module, and the JAR or folder that it came from
 */
public record GatewayView(
    GatewayInstanceId id,
    String provider,
    Mode mode,
    boolean takesNewPayments,
    GatewayDescription description,
    String source) {}
