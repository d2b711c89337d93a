package dev.gatehouse.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String SECRET = "sk_live_canary of ann@example.org";

  @Test
  void a_description_names_the_class_and_the_places_it_came_from_and_not_its_message() {
    IllegalStateException thrown = new IllegalStateException(SECRET);

    assertThat(Faults.describe(thrown))
        .startsWith("java.lang.IllegalStateException at " + getClass().getName() + ".")
        .contains(".a_description_names_the_class")
        .contains(" < ")
        .doesNotContain("canary", "ann@");
  }

  @Test
  void a_description_holds_a_few_places_of_many() {
    IllegalStateException thrown = new IllegalStateException(SECRET);
    StackTraceElement[] deep = new StackTraceElement[500];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = new StackTraceElement("acme.Sink", "send" + i, "Sink.java", i);
    }
    thrown.setStackTrace(deep);

    assertThat(Faults.describe(thrown))
        .isEqualTo(
            "java.lang.IllegalStateException at acme.Sink.send0:0 < acme.Sink.send1:1"
                + " < acme.Sink.send2:2 < acme.Sink.send3:3 < acme.Sink.send4:4");
  }

  @Test
  void a_description_names_the_causes_and_none_of_their_messages() {
    Exception root = new IOException(SECRET);
    RuntimeException thrown = new IllegalStateException(SECRET, new RuntimeException(SECRET, root));

    assertThat(Faults.describe(thrown))
        .contains("; caused by java.lang.RuntimeException at ")
        .contains("; caused by java.io.IOException at ")
        .doesNotContain("canary", "ann@");
  }

  @Test
  void causes_that_go_round_in_a_circle_come_to_an_end() {
    Exception one = new IllegalStateException(SECRET);
    one.initCause(new RuntimeException(SECRET, one));

    assertThat(Faults.describe(one).split("; caused by ")).hasSize(4);
  }

  @Test
  void what_was_thrown_may_itself_be_broken() {
    RuntimeException broken =
        new RuntimeException(SECRET) {
          @Override
          public StackTraceElement[] getStackTrace() {
            throw new AssertionError(SECRET);
          }
        };

    assertThat(Faults.describe(broken)).isEqualTo(broken.getClass().getName());
  }

  @Test
  void only_the_end_of_the_machine_is_let_through() {
    assertThatThrownBy(() -> Faults.rethrowIfTheMachineIsDying(new OutOfMemoryError()))
        .isInstanceOf(OutOfMemoryError.class);
    for (Throwable survived :
        List.of(new AssertionError(), new StackOverflowError(), new LinkageError())) {
      assertThatCode(() -> Faults.rethrowIfTheMachineIsDying(survived)).doesNotThrowAnyException();
    }
  }

  @Test
  void an_interrupt_is_kept() {
    Faults.rethrowIfTheMachineIsDying(new InterruptedException());

    assertThat(Thread.interrupted()).isTrue();
  }
}
