package dev.gatehouse.testkit.emulator;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.http.HttpResponse;

/**
 * An emulated provider refuses a request, in words of its own. Thrown by what handles a request, at
 * any depth; {@link Router} answers with it. What is refused has had no effect.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Answers are not serializable, and nobody serializes this. */
  private final transient HttpResponse answer;

  /** Refuses with this answer. */
  public Refusal(HttpResponse answer) {
    super("refused with " + required("answer", answer).status(), null, false, false);
    this.answer = answer;
  }

  /** What the caller hears. */
  public HttpResponse answer() {
    return answer;
  }
}
