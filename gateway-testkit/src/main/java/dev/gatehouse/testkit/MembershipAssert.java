package dev.gatehouse.testkit;

import dev.gatehouse.membership.Membership;
import dev.gatehouse.membership.MembershipState;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions about a membership. */
public final class MembershipAssert extends AbstractAssert<MembershipAssert, Membership> {
  MembershipAssert(@Nullable Membership membership) {
    super(membership, MembershipAssert.class);
  }

  /** It is in this state. */
  public MembershipAssert isIn(MembershipState state) {
    isNotNull();
    if (actual.state() != state) {
      failWithMessage("%s", "Expected " + Story.of(actual) + "to be " + state + ".");
    }
    return this;
  }

  /** Its checkout is not paid yet. */
  public MembershipAssert isPending() {
    return isIn(MembershipState.PENDING);
  }

  /** It is paid for. */
  public MembershipAssert isActive() {
    return isIn(MembershipState.ACTIVE);
  }

  /** It ended, or never began. */
  public MembershipAssert isCancelled() {
    return isIn(MembershipState.CANCELLED);
  }

  /** It was cancelled for this reason. */
  public MembershipAssert isCancelledBecause(String reason) {
    isCancelled();
    if (actual.cancelReason().filter(reason::equals).isEmpty()) {
      failWithMessage("%s", "Expected " + Story.of(actual) + "to end because of '" + reason + "'.");
    }
    return this;
  }
}
