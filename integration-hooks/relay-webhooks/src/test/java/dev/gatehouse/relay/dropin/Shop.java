package dev.gatehouse.relay.dropin;

import dev.gatehouse.Gatehouse;
import dev.gatehouse.command.RegisterCustomer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.gateway.GatewayCatalog;
import dev.gatehouse.hook.HookConfigs;
import dev.gatehouse.id.CustomerId;
import java.nio.file.Path;
import java.util.Locale;

/** A shop whose hooks lie in a folder: it registers one customer, and tells of it. */
public final class Shop {
  private Shop() {}

  /** The folder, and the file of the settings. */
  public static void main(String[] arguments) {
    try (Gatehouse shop =
        Gatehouse.builder()
            .catalog(GatewayCatalog.of())
            .hookFolder(Path.of(arguments[0]))
            .hooks(HookConfigs.collect().properties(Path.of(arguments[1])))
            .build()) {
      Person ann = new Person("Ann", "ann@shop.example", Locale.ENGLISH);
      shop.register(new RegisterCustomer(new CustomerId("ann"), ann));
      System.out.println("told " + shop.runDueWork());
    }
  }
}
