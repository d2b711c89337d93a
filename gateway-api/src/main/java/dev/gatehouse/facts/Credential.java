package dev.gatehouse.facts;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.fault.ForeignText;

/**
 * What is known of a stored payment method (a credential on file). Immutable.
 *
 * @param details what people know it by
 * @param owner the provider's id of the customer that it is stored for, where it has one
 * @param account the provider's account that it is stored in, by whatever the gateway tells its
 *     accounts apart; no secret
 * @param isRemoved whether it is stored no more; for good
 */
public record Credential(
    MethodDetails details, Flat<String> owner, Flat<String> account, boolean isRemoved)
    implements Joinable<Credential> {

  /** Refuses missing parts. */
  public Credential {
    required("details", details);
    required("owner", owner);
    required("account", account);
  }

  /** One that is stored, with nothing else known. */
  public static Credential stored() {
    return new Credential(MethodDetails.none(), Flat.unknown(), Flat.unknown(), false);
  }

  /** One that is stored no more. */
  public static Credential removed() {
    return new Credential(MethodDetails.none(), Flat.unknown(), Flat.unknown(), true);
  }

  /** This, with what people know it by. */
  public Credential with(MethodDetails seen) {
    return new Credential(seen, owner, account, isRemoved);
  }

  /** This, stored for a customer of the provider. */
  public Credential ownedBy(String customer) {
    return new Credential(details, Flat.of(ForeignText.id("owner", customer)), account, isRemoved);
  }

  /** This, stored in an account of the provider. */
  public Credential in(String providersAccount) {
    return new Credential(
        details, owner, Flat.of(ForeignText.id("account", providersAccount)), isRemoved);
  }

  @Override
  public Credential join(Credential other) {
    return new Credential(
        details.join(other.details),
        owner.join(other.owner),
        account.join(other.account),
        isRemoved || other.isRemoved);
  }
}
