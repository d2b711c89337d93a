package dev.gatehouse.validation;

/**
 * Opens this package, with the records of its tests, to the provider: what an {@code opens} in a
 * module descriptor does for records that are not in tests.
 */
final class OpenedPackage {
  private static final String PROVIDER = "org.hibernate.validator.HibernateValidator";

  private OpenedPackage() {}

  static InputValidator validator() {
    Module ours = OpenedPackage.class.getModule();
    ours.addOpens(OpenedPackage.class.getPackageName(), provider().getModule());
    return InputValidator.create();
  }

  static Class<?> provider() {
    try {
      return Class.forName(PROVIDER);
    } catch (ClassNotFoundException missing) {
      throw new AssertionError("the tests need " + PROVIDER, missing);
    }
  }
}
