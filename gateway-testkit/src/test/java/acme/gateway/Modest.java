package acme.gateway;

import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.MethodSpec;
import java.util.EnumSet;
import java.util.Set;

/** Declares less than it could: no refunds in parts. */
public class Modest extends Good {
  @Override
  public GatewayDescription describe() {
    GatewayDescription whole = super.describe();
    GatewayDescription.Builder less = whole.toBuilder();
    for (MethodSpec method : whole.methods().values()) {
      Set<Capability> can = EnumSet.copyOf(method.capabilities());
      can.remove(Capability.PARTIAL_REFUND);
      less.method(new MethodSpec(method.type(), method.token(), method.needsReturnUrl(), can));
    }
    return less.build();
  }
}
