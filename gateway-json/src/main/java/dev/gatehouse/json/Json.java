package dev.gatehouse.json;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.checkout.Checkout;
import dev.gatehouse.customer.Customer;
import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.membership.Membership;
import dev.gatehouse.payment.Payment;
import dev.gatehouse.store.Cursor;
import dev.gatehouse.store.Delivery;
import dev.gatehouse.store.InboxItem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * The JSON form of what Gatehouse keeps and tells: for each kind of document one constant, which
 * writes and reads it. RFC 8259, in UTF-8.
 *
 * <ul>
 *   <li>Equal values give equal bytes. (An address is written as it was spelled.)
 *   <li>A document says its shape's version in the field {@code v}. Fields that are not known are
 *       skipped; those that are missing are read as empty, where they may be.
 *   <li>A record of a newer version is refused: to write it back would lose what is not known of
 *       it. An event is never written back, so a newer version is read as far as it is known.
 *   <li>What is no such document is refused with {@link UnreadableJsonException}, which names the
 *       place and shows nothing of what stands there.
 * </ul>
 *
 * <p>Personal data is in {@link #CUSTOMER} alone, except for why a member left, which is in {@link
 * #MEMBERSHIP} until the customer is erased. A payment may hold a token for its customer's browser
 * or for its provider, so documents are for the store, not for logs; events hold none.
 *
 * <p>Instances are immutable and thread-safe.
 *
 * @param <T> what is written and read
 */
public final class Json<T> {
  /** An event, with its {@linkplain LifecycleEvent#type() type} in the field {@code type}. */
  public static final Json<LifecycleEvent> EVENT = new Json<>("event", EventForms.EVENT);

  /** A customer: the document that holds personal data. */
  public static final Json<Customer> CUSTOMER = record("customer", 4, RecordForms.CUSTOMER);

  /** A checkout. */
  public static final Json<Checkout> CHECKOUT = record("checkout", 2, RecordForms.CHECKOUT);

  /** A payment with its terms, facts, operations and notes. */
  public static final Json<Payment> PAYMENT = record("payment", 4, PaymentForm.PAYMENT);

  /** A membership. */
  public static final Json<Membership> MEMBERSHIP = record("membership", RecordForms.MEMBERSHIP);

  /** A webhook notice. */
  public static final Json<InboxItem> INBOX_ITEM = record("inbox-item", RecordForms.INBOX_ITEM);

  /** How far a gateway's changes were taken in. */
  public static final Json<Cursor> CURSOR = record("cursor", RecordForms.CURSOR);

  static final Json<DeliveryState> DELIVERY = record("delivery", 2, RecordForms.DELIVERY);

  private final String name;
  private final Codec<T> codec;

  Json(String name, Codec<T> codec) {
    this.name = name;
    this.codec = codec;
  }

  private static <T> Json<T> record(String name, Shape<T> shape) {
    return record(name, 1, shape);
  }

  private static <T> Json<T> record(String name, int version, Shape<T> shape) {
    return new Json<>(name, shape.versioned(version, new Versions(version)));
  }

  /**
   * The bytes of a value, always the same for the same value.
   *
   * @throws dev.gatehouse.error.InvalidInputException if there is no value
   */
  public byte[] write(T value) {
    return Jackson.bytes(codec, required("value", value));
  }

  /**
   * The value that the bytes stand for.
   *
   * @throws UnreadableJsonException if they stand for none, or for one of a newer version
   * @throws dev.gatehouse.error.InvalidInputException if there are no bytes
   */
  public T read(byte[] json) {
    required("json", json);
    try (JsonParser in = Jackson.parser(json)) {
      if (in.nextToken() == null) {
        throw new Refused(Fault.MALFORMED);
      }
      T value = codec.read(in);
      if (in.nextToken() != null) {
        throw new Refused(Fault.MALFORMED);
      }
      return value;
    } catch (Refused e) {
      throw e.of(name);
    } catch (JacksonException e) {
      throw Refused.of(e).of(name);
    }
  }

  /**
   * The bytes of a delivery without its event: an event is kept once, whoever is told of it.
   *
   * @throws dev.gatehouse.error.InvalidInputException if there is no delivery
   */
  public static byte[] writeDelivery(Delivery delivery) {
    return DELIVERY.write(DeliveryState.of(required("delivery", delivery)));
  }

  /**
   * The delivery of an event.
   *
   * @throws UnreadableJsonException if the bytes stand for none, or for one of a newer version
   * @throws dev.gatehouse.error.InvalidInputException if there are no bytes or no event
   */
  public static Delivery readDelivery(byte[] json, LifecycleEvent event) {
    required("event", event);
    return DELIVERY.read(json).with(event);
  }

  /** What the document is called in errors. */
  @Override
  public String toString() {
    return name;
  }
}
