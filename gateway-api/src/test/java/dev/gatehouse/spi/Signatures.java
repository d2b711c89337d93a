package dev.gatehouse.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a compiler writes into classes that use these types: one line for each type, supertype,
 * field, constructor and method that is public or protected, as the JVM links them (JLS 13,
 * erased). The lines are the same on every JDK.
 */
final class Signatures {
  private Signatures() {}

  /** The lines of all types in these packages that are compiled into a folder. */
  static SortedSet<String> of(Path classes, ClassLoader loader, Set<String> packages) {
    SortedSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            classes
                .relativize(file)
                .toString()
                .replaceAll("\\.class$", "")
                .replaceAll("[/\\\\]", ".");
        int dot = name.lastIndexOf('.');
        if (dot > 0 && packages.contains(name.substring(0, dot)) && !name.endsWith("-info")) {
          add(Class.forName(name, false, loader), lines);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * How classes that were compiled against the old lines would break on the new ones: something is
   * gone or changed, or an implementation lacks a method that it could not know.
   */
  static List<String> breaks(Collection<String> before, Collection<String> now) {
    List<String> breaks = new ArrayList<>();
    for (String line : before) {
      if (!now.contains(line)) {
        breaks.add("gone or changed: " + line);
      }
    }
    Set<String> types =
        before.stream()
            .filter(line -> line.startsWith("type "))
            .map(line -> line.split(" ")[1])
            .collect(Collectors.toSet());
    for (String line : now) {
      boolean implemented = line.startsWith("abstract ") && types.contains(owner(line));
      if (implemented && !before.contains(line)) {
        breaks.add("implementations lack: " + line);
      }
    }
    return breaks;
  }

  private static String owner(String line) {
    return line.split(" ")[1].split("#")[0];
  }

  private static void add(Class<?> type, SortedSet<String> lines) {
    if (!isSeen(type)) {
      return;
    }
    lines.add("type " + type.getName() + " " + kind(type));
    supertypes(type).forEach(above -> lines.add("is " + type.getName() + " " + above.getName()));
    for (Field field : type.getDeclaredFields()) {
      if (isSeen(field.getModifiers()) && !field.isSynthetic()) {
        lines.add(
            "field %s#%s %s%s%s"
                .formatted(
                    type.getName(),
                    field.getName(),
                    how(field.getModifiers() & ~Modifier.FINAL),
                    field.getType().getName(),
                    constant(field)));
      }
    }
    for (Constructor<?> made : type.getDeclaredConstructors()) {
      if (isSeen(made.getModifiers()) && !made.isSynthetic()) {
        lines.add("new %s#(%s)".formatted(type.getName(), parameters(made)));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isSeen(method.getModifiers()) && !method.isSynthetic()) {
        lines.add(
            "%s %s#%s(%s) %s%s"
                .formatted(
                    mustBeWritten(type, method) ? "abstract" : "method",
                    type.getName(),
                    method.getName(),
                    parameters(method),
                    how(method.getModifiers() & Modifier.STATIC),
                    method.getReturnType().getName()));
      }
    }
  }

  /** Whether somebody else's class may have to have it. */
  private static boolean mustBeWritten(Class<?> type, Method method) {
    return Modifier.isAbstract(method.getModifiers()) && !type.isSealed();
  }

  private static boolean isSeen(Class<?> type) {
    boolean seen = isSeen(type.getModifiers()) && !type.isAnonymousClass() && !type.isLocalClass();
    return seen && (type.getDeclaringClass() == null || isSeen(type.getDeclaringClass()));
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String kind(Class<?> type) {
    String kind =
        type.isAnnotation()
            ? "annotation"
            : type.isInterface() ? "interface" : type.isEnum() ? "enum" : "class";
    return type.isInterface() || type.isEnum()
        ? kind
        : how(type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL)) + kind;
  }

  private static List<Class<?>> supertypes(Class<?> type) {
    List<Class<?>> above = new ArrayList<>(List.of(type.getInterfaces()));
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      above.add(type.getSuperclass());
    }
    return above;
  }

  private static String how(int modifiers) {
    String how = Modifier.toString(modifiers & ~Modifier.PUBLIC & ~Modifier.TRANSIENT);
    return how.isEmpty() ? "" : how + " ";
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getParameterTypes())
        .map(Class::getName)
        .collect(Collectors.joining(", "));
  }

  /** Compilers copy the value into the classes that use it. */
  private static String constant(Field field) {
    boolean copied =
        Modifier.isStatic(field.getModifiers())
            && Modifier.isFinal(field.getModifiers())
            && (field.getType().isPrimitive() || field.getType() == String.class);
    try {
      return copied && field.trySetAccessible() ? " = " + field.get(null) : "";
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
