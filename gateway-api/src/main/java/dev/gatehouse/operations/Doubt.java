package dev.gatehouse.operations;

import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.OperationKind;
import dev.gatehouse.spi.Recovery;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A call of ours of which nobody knows yet what became, or that was left to a person. Immutable.
 *
 * @param payment the payment
 * @param gateway the gateway that was asked
 * @param operation the operation's key, as the provider may know it
 * @param kind what was asked
 * @param amount how much; empty where the call names no amount
 * @param target the provider's id of what it acts on; empty for a charge
 * @param askedAt when it was committed, right before it was first sent
 * @param sends how many sends were committed
 * @param lastSentAt when the last of them was, or when its answer was given up
 * @param failure what the last send reported, if anything
 * @param leftToPerson whether only a person can bring it to an end
 * @param recovery how the gateway says that it can be found out; empty if this process does not
 *     have the gateway
 * @param why why it is in doubt, in plain English
 * @param next what comes next, in plain English
 * @param nextAt when; empty if nothing comes by itself
 */
public record Doubt(
    PaymentId payment,
    GatewayInstanceId gateway,
    String operation,
    OperationKind kind,
    Optional<Money> amount,
    String target,
    Instant askedAt,
    int sends,
    Instant lastSentAt,
    Optional<Failure> failure,
    boolean leftToPerson,
    Optional<Recovery> recovery,
    String why,
    String next,
    Optional<Instant> nextAt) {}
