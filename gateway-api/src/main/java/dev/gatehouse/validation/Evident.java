package dev.gatehouse.validation;

import dev.gatehouse.fault.Faults;
import jakarta.validation.ClockProvider;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.groups.Default;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import jakarta.validation.metadata.ValidateUnwrappedValue;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Knows at a glance that nothing is wrong with a record, by the rules that are written on it, as
 * the provider reads them. Nearly everything is valid, and the provider takes many times as long to
 * find nothing. It never says what is wrong: whatever is not evident is the provider's to judge.
 * Thread-safe.
 */
final class Evident {
  private static final ConstraintValidatorContext SILENT = new Silent();
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Validator validator;
  private final ClassValue<Optional<List<Part>>> known =
      new ClassValue<>() {
        @Override
        protected Optional<List<Part>> computeValue(Class<?> type) {
          return parts(type);
        }
      };

  Evident(Validator validator) {
    this.validator = validator;
  }

  /** Something that only the provider knows. */
  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstood() {
      super(null, null, false, false);
    }
  }

  private interface Rule {
    boolean holds(@Nullable Object value);
  }

  /** A component of a record and what must hold for it. */
  private record Part(Function<Object, @Nullable Object> accessor, List<Rule> rules) {}

  /** Whether it is evident that the provider finds nothing. */
  boolean isValid(Object bean) {
    Optional<List<Part>> parts = known.get(bean.getClass());
    if (parts.isEmpty()) {
      return false;
    }
    try {
      for (Part part : parts.get()) {
        if (!all(part.rules(), part.accessor().apply(bean))) {
          return false;
        }
      }
      return true;
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      return false;
    }
  }

  private static boolean all(List<Rule> rules, @Nullable Object value) {
    for (Rule rule : rules) {
      if (!rule.holds(value)) {
        return false;
      }
    }
    return true;
  }

  /** Empty if there is a rule that only the provider knows. */
  private Optional<List<Part>> parts(Class<?> type) {
    if (!type.isRecord()) {
      return Optional.empty();
    }
    try {
      // What we can't find by its name, as a class of a server's application, we can't call.
      demand(LOOKUP.findClass(type.getName()) == type);
      BeanDescriptor bean = validator.getConstraintsForClass(type);
      demand(bean.getConstraintDescriptors().isEmpty());
      List<Part> parts = new ArrayList<>();
      for (PropertyDescriptor property : bean.getConstrainedProperties()) {
        parts.add(part(type, property));
      }
      return Optional.of(List.copyOf(parts));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Also where the provider itself can't read it, and will say so.
      return Optional.empty();
    }
  }

  private Part part(Class<?> type, PropertyDescriptor property)
      throws ReflectiveOperationException {
    RecordComponent component =
        Arrays.stream(type.getRecordComponents())
            .filter(one -> one.getName().equals(property.getPropertyName()))
            .findFirst()
            .orElseThrow(NotUnderstood::new);
    // What a getter of the same name must give, the component need not show.
    demand(
        property
            .findConstraints()
            .declaredOn(ElementType.FIELD)
            .getConstraintDescriptors()
            .equals(property.getConstraintDescriptors()));
    return new Part(
        accessor(LOOKUP.unreflect(component.getAccessor())), rules(property, component.getType()));
  }

  /** As the compiler would make {@code Type::component}: a handle that is no constant is slow. */
  @SuppressWarnings("unchecked") // it makes what it is asked for
  private static Function<Object, @Nullable Object> accessor(MethodHandle component)
      throws ReflectiveOperationException {
    try {
      return (Function<Object, @Nullable Object>)
          LambdaMetafactory.metafactory(
                  LOOKUP,
                  "apply",
                  MethodType.methodType(Function.class),
                  MethodType.methodType(Object.class, Object.class),
                  component,
                  component.type().wrap())
              .getTarget()
              .invoke();
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ReflectiveOperationException(e);
    }
  }

  private <E extends ElementDescriptor & CascadableDescriptor & ContainerDescriptor>
      List<Rule> rules(E element, Class<?> type) throws ReflectiveOperationException {
    List<Rule> rules = new ArrayList<>();
    for (ConstraintDescriptor<?> constraint : element.getConstraintDescriptors()) {
      rules.add(rule(constraint, type));
    }
    if (element.isCascaded()) {
      demand(element.getGroupConversions().isEmpty());
      rules.add(value -> value == null || isValid(value));
    }
    for (ContainerElementTypeDescriptor inner : element.getConstrainedContainerElementTypes()) {
      rules.add(inside(type, rules(inner, inner.getElementClass())));
    }
    return List.copyOf(rules);
  }

  /** Of an empty optional, the provider looks at {@code null}. */
  private static Rule inside(Class<?> container, List<Rule> rules) {
    if (container == Optional.class) {
      return value -> value == null || all(rules, ((Optional<?>) value).orElse(null));
    }
    demand(container == List.class);
    return value -> value == null || eachOf((List<?>) value, rules);
  }

  private static boolean eachOf(List<?> values, List<Rule> rules) {
    for (Object value : values) {
      if (!all(rules, value)) {
        return false;
      }
    }
    return true;
  }

  private static Rule rule(ConstraintDescriptor<?> constraint, Class<?> type)
      throws ReflectiveOperationException {
    demand(constraint.getGroups().equals(Set.of(Default.class)));
    demand(constraint.getComposingConstraints().isEmpty());
    demand(constraint.getValueUnwrapping() == ValidateUnwrappedValue.DEFAULT);
    Annotation written = constraint.getAnnotation();
    if (written instanceof NotNull) {
      return value -> value != null;
    }
    if (written instanceof NotBlank) {
      demand(CharSequence.class.isAssignableFrom(type));
      return value -> value instanceof CharSequence text && !text.toString().isBlank();
    }
    if (written instanceof Pattern pattern) {
      demand(CharSequence.class.isAssignableFrom(type) && pattern.flags().length == 0);
      return Plain.or(pattern.regexp());
    }
    if (written instanceof Min min) {
      return value -> value instanceof Integer number && number >= min.value();
    }
    if (written instanceof Max max) {
      return value -> value instanceof Integer number && number <= max.value();
    }
    if (written instanceof Size size) {
      demand(CharSequence.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type));
      return value -> value == null || isIn(size, value);
    }
    return ours(constraint, type);
  }

  /**
   * A regular expression. Most are a class of characters and how many there may be: of ASCII, which
   * of them match is known beforehand.
   */
  private record Plain(java.util.regex.Pattern form, BitSet ascii, int min, int max)
      implements Rule {
    private static final java.util.regex.Pattern CLASS =
        java.util.regex.Pattern.compile("(\\[[A-Za-z0-9._:-]+])\\{([0-9]+),([0-9]+)}");

    static Rule or(String regexp) {
      var form = java.util.regex.Pattern.compile(regexp);
      Matcher plain = CLASS.matcher(regexp);
      if (!plain.matches()) {
        return value ->
            value == null || value instanceof CharSequence t && form.matcher(t).matches();
      }
      var one = java.util.regex.Pattern.compile(plain.group(1));
      BitSet ascii = new BitSet();
      for (char c = 0; c < 128; c++) {
        ascii.set(c, one.matcher(String.valueOf(c)).matches());
      }
      return new Plain(
          form, ascii, Integer.parseInt(plain.group(2)), Integer.parseInt(plain.group(3)));
    }

    @Override
    public boolean holds(@Nullable Object value) {
      return value == null
          || value instanceof CharSequence text && (isPlain(text) || form.matcher(text).matches());
    }

    private boolean isPlain(CharSequence text) {
      if (text.length() < min || text.length() > max) {
        return false;
      }
      for (int i = 0; i < text.length(); i++) {
        if (!ascii.get(text.charAt(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean isIn(Size size, Object value) {
    int length =
        value instanceof Collection<?> many
            ? many.size()
            : value instanceof CharSequence text ? text.length() : -1;
    return length >= size.min() && length <= size.max();
  }

  /** The very rule that the provider would ask. */
  @SuppressWarnings("unchecked") // it is the rule of this annotation, for this type
  private static Rule ours(ConstraintDescriptor<?> constraint, Class<?> type)
      throws ReflectiveOperationException {
    for (Class<?> one : constraint.getConstraintValidatorClasses()) {
      if (one.getPackage() == Evident.class.getPackage() && isFor(one, type)) {
        ConstraintValidator<Annotation, Object> rule =
            (ConstraintValidator<Annotation, Object>) one.getDeclaredConstructor().newInstance();
        rule.initialize(constraint.getAnnotation());
        return value -> rule.isValid(value, SILENT);
      }
    }
    throw new NotUnderstood();
  }

  private static boolean isFor(Class<?> rule, Class<?> type) {
    for (Type implemented : rule.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType generic
          && generic.getRawType() == ConstraintValidator.class) {
        return generic.getActualTypeArguments()[1] instanceof Class<?> of
            && of.isAssignableFrom(type);
      }
    }
    return false;
  }

  private static void demand(boolean isKnown) {
    if (!isKnown) {
      throw new NotUnderstood();
    }
  }

  /** A rule that has more to say than no has refused. */
  private static final class Silent implements ConstraintValidatorContext {
    @Override
    public void disableDefaultConstraintViolation() {}

    @Override
    public String getDefaultConstraintMessageTemplate() {
      throw new NotUnderstood();
    }

    @Override
    public ClockProvider getClockProvider() {
      throw new NotUnderstood();
    }

    @Override
    public ConstraintViolationBuilder buildConstraintViolationWithTemplate(String template) {
      throw new NotUnderstood();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      throw new NotUnderstood();
    }
  }
}
