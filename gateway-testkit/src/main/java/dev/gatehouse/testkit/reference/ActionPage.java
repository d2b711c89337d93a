package dev.gatehouse.testkit.reference;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.testkit.emulator.HostedPage;
import dev.gatehouse.testkit.reference.Entries.Action;
import dev.gatehouse.testkit.reference.Entries.Charge;
import dev.gatehouse.testkit.reference.Entries.ChargeStatus;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What customers see and do at the provider's page. Called under the lock of {@link Books}. */
final class ActionPage implements HostedPage.Customers {
  private final Books books;
  private final Charges charges;

  /** Whoever is asked twice has two actions for one charge. */
  private final Map<String, Charge> seen = new HashMap<>();

  ActionPage(Books books, Charges charges) {
    this.books = books;
    this.charges = charges;
  }

  @Override
  public List<String> shown(String id) {
    return List.of(waiting(id).amount().toString());
  }

  @Override
  public void approve(String id) {
    charges.approve(waiting(id));
  }

  @Override
  public void reject(String id) {
    charges.reject(waiting(id));
  }

  @Override
  public void leave(String id) {
    charges.abandon(waiting(id));
  }

  /** To the next page, if the customer is asked once more. */
  @Override
  public Optional<URI> returnTo(String id) {
    Charge charge = seen.get(id);
    if (charge == null) {
      return Optional.empty();
    }
    Action action = charge.action;
    if (charge.status == ChargeStatus.REQUIRES_ACTION && action != null && !action.id.equals(id)) {
      return Optional.of(URI.create(charge.order.base() + "/actions/" + action.id));
    }
    return Optional.ofNullable(charge.order.returnUrl());
  }

  private Charge waiting(String id) {
    for (Charge charge : books.charges()) {
      Action action = charge.action;
      if (charge.status == ChargeStatus.REQUIRES_ACTION
          && action != null
          && action.id.equals(id)
          && !action.abandoned) {
        seen.put(id, charge);
        return charge;
      }
    }
    throw new NotFoundException(
        new Problem("id", "reference.not-found", "no payment waits for this", "look at its state"));
  }
}
