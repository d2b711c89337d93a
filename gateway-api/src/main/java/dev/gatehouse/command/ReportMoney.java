package dev.gatehouse.command;

import dev.gatehouse.id.PaymentId;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.validation.ForeignId;
import dev.gatehouse.validation.PositiveAmount;
import dev.gatehouse.validation.SingleLine;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A person reports what happened to a payment that no provider can be asked about, such as a bank
 * transfer that arrived.
 *
 * @param payment the payment
 * @param finding what happened
 * @param amount how much money
 * @param movement the refund that the report is about; empty for money that arrived
 * @param actor who reports
 * @param reason on what evidence
 */
public record ReportMoney(
    @NotNull PaymentId payment,
    @NotNull OperatorReport.Finding finding,
    @NotNull @PositiveAmount Money amount,
    @NotNull Optional<@ForeignId String> movement,
    @NotNull @SingleLine(max = 128) String actor,
    @NotNull @SingleLine(max = 512) String reason) {}
