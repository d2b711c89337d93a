package dev.gatehouse.customer;

/** What a customer may agree to, or not. */
public enum Purpose {
  /** That it is counted what the customer does. */
  ANALYTICS,
  /** That data of the customer is used for advertising. */
  AD_USER_DATA,
  /** That advertising is made for the customer. */
  AD_PERSONALIZATION
}
