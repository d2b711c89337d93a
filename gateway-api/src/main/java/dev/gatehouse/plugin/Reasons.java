package dev.gatehouse.plugin;

import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why somebody else's code could not be loaded or run, and what to do about it. Words of a loading
 * error are kept, as they hold names of classes and files only; those of any other failure are left
 * out, because they may hold a secret.
 *
 * @param what what is wrong
 * @param remedy what to do
 */
public record Reasons(String what, String remedy) {
  public static final String OTHER_VERSION = "take another version of it, or ask its author";
  private static final String FIX_SERVICE = "fix or remove that JAR";
  private static final String OURS = "dev.gatehouse.";
  private static final Pattern SERVICE = Pattern.compile("dev\\.gatehouse\\.\\w+\\.\\w+: ");
  private static final Pattern NEWER =
      Pattern.compile("(\\S+) has been compiled by a more recent .*?class file version (\\d+).*");
  private static final Pattern CLASS = Pattern.compile("L?([\\w$]+(?:[/.][\\w$]+)*);?");

  /** Class files are numbered on from Java 1.0, which was 44. */
  private static final int BEFORE_JAVA_1 = 44;

  /** The longest that is shown of what a loading error says. */
  private static final int MOST = 500;

  public static Reasons of(Throwable failure) {
    Throwable cause = failure.getCause();
    String said = words(failure);
    if (failure instanceof ServiceConfigurationError) {
      return cause == null
          ? new Reasons(said, FIX_SERVICE)
          : of(cause).after(said.isEmpty() ? "" : said + ": ");
    }
    if (failure instanceof ExceptionInInitializerError) {
      String what = cause == null ? "failed" : "threw " + cause.getClass().getName();
      return new Reasons("a static initialiser " + what, OTHER_VERSION);
    }
    return failure instanceof LinkageError
        ? linkage((LinkageError) failure, said)
        : new Reasons(failure.getClass().getName(), OTHER_VERSION);
  }

  private static Reasons linkage(LinkageError failure, String said) {
    Matcher newer = NEWER.matcher(said);
    if (failure instanceof UnsupportedClassVersionError && newer.matches()) {
      String java = String.valueOf(Integer.parseInt(newer.group(2)) - BEFORE_JAVA_1);
      return new Reasons(
          "class " + dotted(newer.group(1)) + " is compiled for Java " + java,
          "run this on Java "
              + java
              + " or newer (it is "
              + Runtime.version().feature()
              + "), or take a build of it for this one");
    }
    Matcher missing = CLASS.matcher(said);
    if (failure instanceof NoClassDefFoundError && missing.matches()) {
      String name = dotted(missing.group(1));
      return name.startsWith(OURS)
          ? new Reasons("class " + name + " is not in this version of the API", OTHER_VERSION)
          : new Reasons(
              "class " + name + " is missing", "put the library that holds it beside its JAR");
    }
    String kind = failure.getClass().getSimpleName();
    return new Reasons(said.isEmpty() ? kind : kind + ": " + said, OTHER_VERSION);
  }

  private Reasons after(String before) {
    return new Reasons(before + what, remedy);
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return "";
    }
    String said = message.replaceFirst("^" + SERVICE.pattern(), "");
    return said.length() > MOST ? said.substring(0, MOST) + "…" : said;
  }

  private static String dotted(String name) {
    return name.replace('/', '.');
  }
}
