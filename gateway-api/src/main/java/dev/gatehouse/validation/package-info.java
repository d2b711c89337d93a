/**
 * Rules for what comes in, and their messages in five languages: constraints to write on the
 * components of records, and {@link dev.gatehouse.validation.InputValidator}, which checks them.
 *
 * <p>A gateway author who checks records of his own
 *
 * <ol>
 *   <li>writes constraints of this package, or of {@code jakarta.validation.constraints}, on the
 *       components, {@code @Valid} on nested records and on the elements of lists ({@code
 *       List<@Valid Line>});
 *   <li>adds {@code @NotNull} where a value must be there: every other constraint accepts {@code
 *       null};
 *   <li>if his gateway is a named module, writes {@code opens com.acme.gateway to
 *       org.hibernate.validator;} for the package of the records (or plain {@code opens}, for other
 *       providers), since the provider reads the components by reflection. On the class path
 *       nothing is needed.
 * </ol>
 *
 * <p>A constraint of his own gets {@code "{some.code}"} as its message to use a text of {@link
 * dev.gatehouse.validation.Messages}, or a plain sentence, which is shown as it is in every
 * language. Text that a validator makes up while it runs is shown to nobody, for it may hold the
 * value.
 */
@NullMarked
package dev.gatehouse.validation;

import org.jspecify.annotations.NullMarked;
