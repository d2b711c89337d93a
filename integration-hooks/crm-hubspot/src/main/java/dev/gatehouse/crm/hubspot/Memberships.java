package dev.gatehouse.crm.hubspot;

import dev.gatehouse.event.MembershipStatusChanged;
import dev.gatehouse.membership.MembershipState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of a customer's memberships are active, as far as HubSpot was told, in the order in which
 * they began. Immutable.
 */
record Memberships(List<String> active) {
  private static final String SEPARATOR = ",";

  /** Keeps digits of one id apart from those of the next, which together might be a card's. */
  private static final String MARK = "m:";

  /** What fits into one value of a customer's metadata. */
  private static final int MOST = 15;

  /** As they are noted. */
  static Memberships of(Optional<String> noted) {
    return new Memberships(
        noted
            .filter(text -> !text.isEmpty())
            .map(t -> List.of(t.split(SEPARATOR)))
            .orElse(List.of()));
  }

  /** What is noted once this was told. */
  Memberships after(MembershipStatusChanged changed) {
    List<String> now = new ArrayList<>(active);
    String id = MARK + changed.membership();
    now.remove(id);
    if (changed.to() == MembershipState.ACTIVE) {
      now.add(id);
    }
    return new Memberships(List.copyOf(now.subList(Math.max(0, now.size() - MOST), now.size())));
  }

  /** Whether the contact is to show it: who is a member by another one still has not left. */
  boolean isTold(MembershipStatusChanged changed) {
    return changed.to() != MembershipState.CANCELLED || after(changed).active.isEmpty();
  }

  String text() {
    return String.join(SEPARATOR, active);
  }
}
