package dev.gatehouse.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists page by page: every page of a list, or nothing. */
final class StripePages {
  /** How many entries to ask for at a time; Stripe gives no more. */
  static final long PAGE = 100;

  private static final int MAX_PAGES = 50;

  private StripePages() {}

  /** One page of a list, after the object with this id. */
  interface Page<T extends HasId> {
    StripeCollection<T> after(Optional<String> id) throws StripeException;
  }

  /** The list goes on and on: what was read of it is not all. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("the list does not end", null, false, false);
    }
  }

  /** Half a list must not look like a whole one. */
  static <T extends HasId> List<T> all(Page<T> pages) throws StripeException {
    List<T> all = new ArrayList<>();
    Optional<String> last = Optional.empty();
    for (int page = 0; page < MAX_PAGES; page++) {
      StripeCollection<T> list = pages.after(last);
      List<T> data = Unreadable.demand("data", list.getData());
      all.addAll(data);
      if (!Unreadable.demand("has_more", list.getHasMore())) {
        return all;
      }
      if (data.isEmpty()) {
        throw Unreadable.in("has_more");
      }
      last = Optional.of(Unreadable.demand("id", data.get(data.size() - 1).getId()));
    }
    throw new TooLong();
  }
}
