package dev.gatehouse.store.jdbc;

import static dev.gatehouse.store.jdbc.TestPostgres.PASSWORD;
import static dev.gatehouse.store.jdbc.TestPostgres.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.customer.Customer;
import dev.gatehouse.customer.Person;
import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.id.CustomerId;
import dev.gatehouse.store.Action;
import dev.gatehouse.store.Commit;
import dev.gatehouse.store.StaleVersionException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A commit whose connection breaks is kept once, or refused; or nobody knows, and that is said. Of
 * other changes it is said at once.
 */
class LostConnectionTest {
  private static final Customer ANN =
      Customer.registered(
          new CustomerId("ann"), new Person("Ann", "ann@example.org", Locale.ENGLISH), Events.NOW);

  private JdbcStore direct;
  private JdbcStore store;
  private LossyProxy proxy;

  @BeforeEach
  void open() throws IOException {
    direct = TestPostgres.emptyStore();
    String url = TestPostgres.sharedUrl();
    String port = url.substring(url.indexOf("localhost:") + 10, url.lastIndexOf('/'));
    proxy = new LossyProxy(Integer.parseInt(port));
    StoreOptions hasty =
        StoreOptions.defaults().withConnections(1).withConnectionWait(Duration.ofSeconds(3));
    String through = url.replace(":" + port + "/", ":" + proxy.port() + "/");
    store = JdbcStore.postgres(through, USER, PASSWORD, hasty);
    store.backlogs();
  }

  @AfterEach
  void close() {
    store.close();
    proxy.close();
  }

  @Test
  void a_commit_whose_answer_was_lost_is_kept_once_and_told_so() {
    proxy.lose(LossyProxy.Lose.ANSWER);

    store.commit(commit("1"));

    assertThat(direct.customer(ANN.id())).contains(ANN.atVersion(1));
    assertThat(direct.timeline("ann")).hasSize(1);
  }

  @Test
  void a_commit_that_never_arrived_is_sent_again() {
    proxy.lose(LossyProxy.Lose.REQUEST);

    store.commit(commit("1"));

    assertThat(direct.customer(ANN.id())).contains(ANN.atVersion(1));
    assertThat(direct.timeline("ann")).hasSize(1);
  }

  @Test
  void a_refused_commit_whose_answer_was_lost_is_refused() {
    direct.commit(Commit.builder().save(ANN.with("by", "somebody else")).build());
    proxy.lose(LossyProxy.Lose.ANSWER);

    assertThatThrownBy(() -> store.commit(commit("1"))).isInstanceOf(StaleVersionException.class);

    assertThat(direct.timeline("ann")).isEmpty();
  }

  @Test
  void if_nobody_can_be_asked_whether_it_was_kept_that_is_said() {
    proxy.lose(LossyProxy.Lose.ANSWER_AND_ALL_AFTER);

    assertFails(() -> store.commit(commit("1")), ErrorCategory.UNKNOWN_OUTCOME);
  }

  @Test
  void a_deed_whose_commit_lost_its_answer_may_have_been_done_and_that_is_said() {
    direct.commit(Events.created("bob", 3));
    proxy.lose(LossyProxy.Lose.ANSWER, "COMMIT");

    assertFails(() -> store.drop("crm"), ErrorCategory.UNKNOWN_OUTCOME);

    assertThat(direct.backlogs()).isEmpty();
  }

  @Test
  void a_deed_that_was_lost_before_its_commit_was_not_done() {
    direct.commit(Events.created("bob", 3));
    proxy.lose(LossyProxy.Lose.ANSWER, "DELETE FROM gatehouse_delivery");

    assertFails(() -> store.drop("crm"), ErrorCategory.UNAVAILABLE);

    assertThat(direct.backlogs()).hasSize(1);
  }

  @Test
  void a_single_change_that_lost_its_answer_may_have_been_kept_and_that_is_said() {
    Action action = Action.beginning(Events.NOW, "olga", "settle", "bob", "", "they called");
    proxy.lose(LossyProxy.Lose.ANSWER, "INSERT INTO gatehouse_action");

    assertFails(() -> store.begin(action), ErrorCategory.UNKNOWN_OUTCOME);

    assertThat(direct.actions(Optional.empty(), Optional.empty(), 9)).hasSize(1);
  }

  @Test
  void a_claim_that_lost_its_answer_may_hold_what_it_claimed_and_that_is_said() {
    direct.commit(Events.created("bob", 3));
    proxy.lose(LossyProxy.Lose.ANSWER, "gatehouse_claim");

    assertFails(
        () -> store.claim("crm", Events.NOW, Events.NOW.plusSeconds(60), 9),
        ErrorCategory.UNKNOWN_OUTCOME);

    assertThat(direct.claim("crm", Events.NOW, Events.NOW, 9)).isEmpty();
  }

  @Test
  void a_question_that_lost_its_answer_may_be_asked_again() {
    proxy.lose(LossyProxy.Lose.ANSWER, "gatehouse_delivery");

    assertFails(() -> store.backlogs(), ErrorCategory.UNAVAILABLE);

    assertThat(store.backlogs()).isEmpty();
  }

  private static void assertFails(ThrowingCallable call, ErrorCategory category) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreFailedException.class, e -> assertThat(e.category()).isEqualTo(category));
  }

  private static Commit commit(String event) {
    return Commit.builder()
        .save(ANN)
        .raise(Events.event("ann/" + event, "ann"), Set.of("crm"))
        .build();
  }
}
