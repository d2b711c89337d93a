package dev.gatehouse.testkit.conformance;

import static dev.gatehouse.testkit.conformance.HookMutant.saying;
import static dev.gatehouse.testkit.conformance.HookMutant.status;
import static dev.gatehouse.testkit.conformance.HookMutant.tells;
import static dev.gatehouse.testkit.conformance.HookMutant.to;
import static dev.gatehouse.testkit.conformance.HookMutant.wire;

import dev.gatehouse.hook.HookResult;
import dev.gatehouse.hook.LifecycleHook;
import dev.gatehouse.http.HttpHeaders;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Broken hooks that take what their sink says, or does not say, for something else. */
final class MutantsOfHookAnswers {
  private MutantsOfHookAnswers() {}

  static List<HookMutant> all() {
    return Stream.of(statuses(), others(), items()).flatMap(List::stream).toList();
  }

  private static List<HookMutant> statuses() {
    return List.of(
        HookMutant.of(
            "WaitsAsItLikes",
            "It passes over whatever Retry-After says.",
            tells(
                result ->
                    result instanceof HookResult.Retry retry
                        ? new HookResult.Retry(Optional.empty(), retry.reason())
                        : result),
            "HK-ANSW-01",
            "HK-ANSW-02",
            "HK-ANSW-03"),
        HookMutant.of(
            "ReadsThePauseOf429Alone",
            "It passes over what Retry-After says under another status.",
            answered(answer -> answer.status() == 503, answer -> pausing(answer, Optional.empty())),
            "HK-ANSW-02"),
        HookMutant.of(
            "ReadsNoDates",
            "It passes over a Retry-After that is a date.",
            answered(
                answer -> answer.headers().first("retry-after").orElse("").contains("GMT"),
                answer -> pausing(answer, Optional.empty())),
            "HK-ANSW-03"),
        HookMutant.of(
            "ParksWhatWillPass",
            "It parks whatever is not 200.",
            answered(answer -> answer.status() >= 500, answer -> status(answer, 400)),
            "HK-ANSW-04"),
        HookMutant.of(
            "ReadsNumbersOnly",
            "It throws over a Retry-After that is no number.",
            answered(
                answer -> answer.status() == 429,
                answer ->
                    pausing(answer, answer.headers().first("retry-after").map(Integer::parseInt))),
            "HK-ANSW-05"),
        HookMutant.of(
            "TriesForEver",
            "It believes that the sink will understand it some day.",
            tells(
                result ->
                    result instanceof HookResult.Park park
                        ? new HookResult.Retry(Optional.empty(), park.reason())
                        : result),
            "HK-ANSW-06",
            "HK-ANSW-07",
            "HK-ITEM-01"),
        HookMutant.of(
            "TakesARefusedKeyForABusySink",
            "It tries again with the key that the sink refused.",
            answered(
                answer -> answer.status() == 401 || answer.status() == 403,
                answer -> status(answer, 503)),
            "HK-ANSW-07"));
  }

  private static List<HookMutant> others() {
    return List.of(
        HookMutant.of(
            "ParksWhatNobodyAnswers",
            "It takes a broken connection for a refusal.",
            wire(
                (whole, request, limit) -> {
                  try {
                    return whole.send(request, limit);
                  } catch (TransportException e) {
                    return new HttpResponse(400, HttpHeaders.none(), new byte[0]);
                  }
                }),
            "HK-ANSW-08",
            "HK-ANSW-09"),
        HookMutant.of(
            "FollowsRedirects",
            "It goes wherever it is sent, with all that it has.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  return answer.status() / 100 == 3
                      ? whole.send(
                          to(request, answer.headers().first("location").orElseThrow()), limit)
                      : answer;
                }),
            "HK-ANSW-10"),
        HookMutant.of(
            "TakesARedirectForYes",
            "It believes every status below 400.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  return answer.status() / 100 == 3 ? allTaken(request.body()) : answer;
                }),
            "HK-ANSW-10"),
        HookMutant.of(
            "TriesThreeTimesAtOnce",
            "What failed it sends again, and again.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  for (int i = 0; i < 2 && answer.status() != 200; i++) {
                    answer = whole.send(request, limit);
                  }
                  return answer;
                }),
            "HK-ANSW-11"));
  }

  private static List<HookMutant> items() {
    return List.of(
        HookMutant.of(
            "ReadsTheStatusAlone",
            "It takes 207 for yes, and reads no item.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  return answer.status() == 207 ? allTaken(request.body()) : answer;
                }),
            "HK-ITEM-01",
            "HK-ITEM-02"),
        HookMutant.of(
            "SendsItAllUnderNewIdsAfterAPart",
            "After a part was not taken it sends all of it as something new.",
            MutantsOfHookAnswers::renewing,
            "HK-ITEM-02"),
        HookMutant.of(
            "TakesAPageForYes",
            "It takes every 200 for the sink's.",
            wire(
                (whole, request, limit) -> {
                  HttpResponse answer = whole.send(request, limit);
                  return answer.status() == 200 ? allTaken(request.body()) : answer;
                }),
            "HK-ITEM-03"),
        HookMutant.of(
            "AnswersAllAsTheFirst",
            "What became of the first event it says of all that were told with it.",
            place ->
                new HookMutant.Bent(new ReferenceHook(place)) {
                  @Override
                  public List<HookResult> handleAll(List<Told> told) {
                    List<HookResult> each = super.handleAll(told);
                    return Collections.nCopies(each.size(), each.get(0));
                  }
                },
            "HK-ITEM-04"));
  }

  private static Function<HookPlace, LifecycleHook> answered(
      Predicate<HttpResponse> which, Function<HttpResponse, HttpResponse> change) {
    return wire(
        (whole, request, limit) -> {
          HttpResponse answer = whole.send(request, limit);
          return which.test(answer) ? change.apply(answer) : answer;
        });
  }

  private static HttpResponse pausing(HttpResponse answer, Optional<Integer> seconds) {
    HttpHeaders headers =
        seconds
            .map(s -> HttpHeaders.none().with("retry-after", Integer.toString(s)))
            .orElse(HttpHeaders.none());
    return new HttpResponse(answer.status(), headers, answer.body());
  }

  /** As the sink would say that it took everything. */
  private static HttpResponse allTaken(byte[] request) {
    String results =
        Pattern.compile("\"id\":\"")
            .matcher(new String(request, StandardCharsets.UTF_8))
            .results()
            .map(found -> "{\"status\":\"taken\"}")
            .collect(Collectors.joining(",", "{\"results\":[", "]}"));
    return new HttpResponse(200, HttpHeaders.none(), results.getBytes(StandardCharsets.UTF_8));
  }

  private static LifecycleHook renewing(HookPlace place) {
    AtomicBoolean failed = new AtomicBoolean();
    return wire((whole, request, limit) -> {
          HttpResponse answer =
              whole.send(
                  failed.get()
                      ? saying(request, body -> body.replace("\"id\":\"", "\"id\":\"again-"))
                      : request,
                  limit);
          failed.compareAndSet(false, answer.status() == 207);
          return answer;
        })
        .apply(place);
  }
}
