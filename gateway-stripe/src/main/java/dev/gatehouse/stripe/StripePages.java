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
      all.addAll(read(list));
      if (!list.getHasMore()) {
        return all;
      }
      last = Optional.of(all.get(all.size() - 1).getId());
    }
    throw new TooLong();
  }

  /** What is on a page, of which each thing has an id; and something, if there is more. */
  static <T extends HasId> List<T> read(StripeCollection<T> page) {
    List<T> data = Unreadable.demand("data", page.getData());
    for (T one : data) {
      Unreadable.demand("id", Unreadable.demand("data", one).getId());
    }
    if (Unreadable.demand("has_more", page.getHasMore()) && data.isEmpty()) {
      throw Unreadable.in("has_more");
    }
    return data;
  }
}
