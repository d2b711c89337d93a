package dev.gatehouse.testkit.simulator;

import dev.gatehouse.error.NotFoundException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.testkit.emulator.Agenda;
import dev.gatehouse.testkit.emulator.Books;
import dev.gatehouse.testkit.emulator.Happened;
import dev.gatehouse.testkit.emulator.HostedPage;
import dev.gatehouse.testkit.emulator.IdempotencyKeys;
import dev.gatehouse.testkit.emulator.Ledger;
import dev.gatehouse.testkit.emulator.Part;
import dev.gatehouse.testkit.emulator.PendingWebhook;
import dev.gatehouse.testkit.emulator.Router;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * A provider to be emulated by its gateway's author: books, keys, routes, a list that may lag,
 * notices, and everything that may happen there without us are done. Left to say is how the
 * provider speaks: its addresses ({@link #route}), its notices ({@link #notice}), and what its
 * customers pay with. Thread-safe: one call at a time.
 *
 * @param <T> what else this provider remembers of a charge
 */
public abstract class EmulatedProvider<T> implements SimulatedProvider {
  private final Agenda agenda;
  private final Books<T> books;
  private final IdempotencyKeys keys;
  private final Map<String, Notice> notices = new LinkedHashMap<>();
  private final List<Notice> unsent = new ArrayList<>();
  private Optional<Router> router = Optional.empty();
  private Duration lag = Duration.ZERO;
  private int entries = Integer.MAX_VALUE;

  /**
   * What the provider announces.
   *
   * @param id the same in every delivery
   * @param type such as {@code charge.succeeded}
   * @param body what is signed and sent
   */
  public record Notice(String id, String type, byte[] body) {
    /** Copies the body. */
    public Notice {
      body = body.clone();
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
      return body.clone();
    }
  }

  /**
   * For subclasses.
   *
   * @param keyLife how long an idempotency key is kept
   */
  protected EmulatedProvider(Clock clock, Duration keyLife) {
    agenda = new Agenda(clock);
    books = new Books<>(agenda, this::id, this::announce);
    keys = new IdempotencyKeys(agenda, keyLife);
  }

  /** Says where what is. Called once, at the first request. */
  protected abstract Router route();

  /** What is announced of something that has happened; empty if it is kept quiet. */
  protected abstract Optional<Notice> notice(String id, Happened happened);

  /** A notice, signed at this moment. */
  protected abstract PendingWebhook signed(Notice notice);

  /**
   * The provider's own code of a charge that fails without us: refused, given up, or at the bank.
   */
  protected abstract String codeOf(Happening what);

  /** What can happen at this provider; all but revoked methods, unless this is overridden. */
  protected Set<Happening> happenings() {
    return EnumSet.complementOf(EnumSet.of(Happening.METHOD_REVOKED));
  }

  /** The next id of a kind. */
  protected String id(Part part) {
    return agenda.id(part.prefix());
  }

  /** The provider's time. */
  protected final Agenda agenda() {
    return agenda;
  }

  /** The provider's books. */
  protected final Books<T> books() {
    return books;
  }

  /** The provider's idempotency keys. */
  protected final IdempotencyKeys keys() {
    return keys;
  }

  /** What lists show lags behind by so much from now on; at first, it does not. */
  protected final void lag(Duration time) {
    lag = time;
  }

  /** The moment up to which lists show everything. */
  protected final Instant listedUpTo() {
    return agenda.now().minus(lag);
  }

  /** What lists show: the charges that were made up to that moment. */
  protected final List<Ledger.Charge> listed() {
    return books.charges().stream()
        .filter(charge -> !charge.createdAt().isAfter(listedUpTo()))
        .toList();
  }

  /** How many entries a page of a list has, which has so many by itself. */
  protected final int entriesOf(int usual) {
    return Math.min(usual, entries);
  }

  @Override
  public boolean listsInPagesOf(int most) {
    locked(() -> entries = most);
    return true;
  }

  private void announce(Happened happened) {
    notice(agenda.id("evt"), happened)
        .ifPresent(
            notice -> {
              notices.put(notice.id(), notice);
              unsent.add(notice);
            });
  }

  /** Does what needs the provider to itself, after what was due has happened. */
  protected final synchronized <R> R locked(Supplier<R> work) {
    agenda.catchUp();
    return work.get();
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    return locked(() -> router().handle(request));
  }

  private Router router() {
    if (router.isEmpty()) {
      router = Optional.of(route());
    }
    return router.get();
  }

  /** What is neither read nor sent by a browser. */
  @Override
  public boolean acts(HttpRequest request) {
    return !request.method().equals("GET") && !request.method().equals("HEAD");
  }

  /** The key under which it is sent, where a provider has no place for another. */
  @Override
  public Optional<String> operation(HttpRequest request) {
    return acts(request) ? key(request) : Optional.empty();
  }

  /** Asks again as if lists did not lag, and compares. */
  @Override
  public boolean lacked(HttpRequest request, HttpResponse response) {
    if (acts(request) || lag.isZero()) {
      return false;
    }
    return locked(
        () -> {
          Duration own = lag;
          lag = Duration.ZERO;
          HttpResponse full = router().handle(request);
          lag = own;
          return !full.equals(response);
        });
  }

  /**
   * The page on which customers decide, to be put at an address of the {@linkplain #route routes};
   * it is asked for by the id of the action.
   *
   * @param back where a customer comes back to, by what is remembered of the charge
   */
  protected final HostedPage page(String title, Function<T, Optional<URI>> back) {
    return new HostedPage(
        title,
        new HostedPage.Customers() {
          @Override
          public List<String> shown(String id) {
            Ledger.Charge charge = books.charge(id);
            if (charge.action().filter(id::equals).isEmpty()) {
              throw new NotFoundException(
                  new Problem("id", Books.UNKNOWN, "nothing waits for it", "look at the charge"));
            }
            return List.of(charge.account(), charge.amount().toString());
          }

          @Override
          public void approve(String id) {
            books.approve(id);
          }

          @Override
          public void reject(String id) {
            books.reject(id, codeOf(Happening.CUSTOMER_REJECTS));
          }

          @Override
          public void leave(String id) {
            books.leave(id);
          }

          @Override
          public Optional<URI> returnTo(String id) {
            return back.apply(books.details(id));
          }
        });
  }

  @Override
  public Ledger ledger() {
    return locked(() -> books.ledger(router().requests(), keys.requests()));
  }

  @Override
  public List<PendingWebhook> takeWebhooks() {
    return locked(
        () -> {
          List<PendingWebhook> taken = unsent.stream().map(this::signed).toList();
          unsent.clear();
          return taken;
        });
  }

  @Override
  public PendingWebhook signedNow(PendingWebhook webhook) {
    return locked(() -> signed(known(webhook)));
  }

  @Override
  public Optional<PendingWebhook> signedNow(PendingWebhook webhook, byte[] body) {
    return locked(
        () -> {
          Notice notice = known(webhook);
          return Optional.of(signed(new Notice(notice.id(), notice.type(), body)));
        });
  }

  private Notice known(PendingWebhook webhook) {
    Notice notice = notices.get(webhook.eventId());
    if (notice == null) {
      throw new NotFoundException(
          new Problem(
              "webhook",
              Books.UNKNOWN,
              "there is no notice " + webhook.eventId(),
              "use one that takeWebhooks gave"));
    }
    return notice;
  }

  @Override
  public boolean happens(Happening what, String id) {
    return locked(
        () -> {
          boolean can = happenings().contains(what);
          if (can) {
            happen(what, id);
          }
          return can;
        });
  }

  private void happen(Happening what, String id) {
    switch (what) {
      case CUSTOMER_APPROVES -> books.approve(id);
      case CUSTOMER_REJECTS -> books.reject(id, codeOf(what));
      case CUSTOMER_LEAVES -> books.leave(id);
      case CHARGE_SETTLES -> books.settle(id, Optional.empty());
      case CHARGE_FAILS -> books.settle(id, Optional.of(codeOf(what)));
      case REFUND_SUCCEEDS -> books.back().succeed(id);
      case REFUND_FAILS -> books.back().fail(id);
      case REFUND_UNDONE -> books.back().undo(id);
      case HOLD_EXPIRES -> books.expire(id);
      case DISPUTED -> books.back().dispute(id);
      case DISPUTE_WON -> books.back().win(id);
      case DISPUTE_LOST -> books.back().lose(id);
      case DISPUTE_REVIEWED -> books.back().review(id);
      case METHOD_REVOKED ->
          throw new UnsupportedOperationException("override happens: a method is revoked");
    }
  }

  /** A refund that arrives at once. */
  @Override
  public boolean consoleRefund(String capture, Money amount) {
    locked(() -> books.back().refund(capture, amount, Optional.empty()));
    return true;
  }

  /** None, unless this is overridden: what is remembered of a charge is the provider's matter. */
  @Override
  public boolean consoleCharge(Money amount) {
    return false;
  }
}
