package dev.gatehouse.testkit.conformance;

import java.util.List;
import java.util.stream.Stream;

/** Every rule, in the order in which they are held. */
final class Catalogue {
  static final List<Rule> RULES =
      Stream.of(
              DiscoveryRules.all(),
              ConfigurationRules.all(),
              CredentialRules.all(),
              ValidationRules.all(),
              SaleRules.all(),
              HoldRules.all(),
              HoldEdgeRules.all(),
              RefundRules.all(),
              RefundEdgeRules.all(),
              CustomerActionRules.all(),
              AfterActionRules.all(),
              IdempotencyRules.all(),
              DoubtRules.all(),
              RecoveryRules.all(),
              MoveDoubtRules.all(),
              WebhookRules.all(),
              SignatureRules.all(),
              NoticeRules.all(),
              ChangeRules.all(),
              DisputeRules.all(),
              CurrencyRules.all(),
              AmountRules.all(),
              StoredMethodRules.all(),
              SetUpRules.all(),
              RemovalRules.all(),
              ConcurrencyRules.all(),
              SecretRules.all(),
              ResourceRules.all(),
              LocaleRules.all())
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}
}
