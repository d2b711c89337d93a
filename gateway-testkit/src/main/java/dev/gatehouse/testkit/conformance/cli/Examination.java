package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.testkit.conformance.Check;
import dev.gatehouse.testkit.conformance.Judgement;
import dev.gatehouse.testkit.conformance.Result;
import dev.gatehouse.testkit.conformance.Verdict;
import dev.gatehouse.testkit.conformance.Waivers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Holds checks against one target's gateway, one after another, whatever it does. */
final class Examination {
  private final Workers workers;
  private final String target;
  private final SortedMap<String, String> settings;

  Examination(Workers workers, String target, SortedMap<String, String> settings) {
    this.workers = workers;
    this.target = target;
    this.settings = settings;
  }

  /** What each of the checks comes to. */
  List<Judgement> of(List<Check> plan, Waivers waivers, LocalDate today, Console console) {
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      console.begin(i + 1, plan.size(), plan.get(i));
      Judgement judgement = waivers.judge(result(plan.get(i)), today);
      console.end(i + 1, plan.size(), judgement);
      judgements.add(judgement);
    }
    return List.copyOf(judgements);
  }

  private Result result(Check check) {
    List<String> question = new ArrayList<>(List.of("check", target, check.id()));
    settings.forEach((name, value) -> question.addAll(List.of(name, value)));
    long begin = System.nanoTime();
    Verdict verdict = verdict(workers.ask(question));
    return new Result(check, verdict, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static Verdict verdict(Answer answer) {
    if (answer instanceof Answer.Lost lost) {
      return new Verdict.Failed(lost.how());
    }
    Answer.Said said = (Answer.Said) answer;
    return switch (said.kind()) {
      case "passed" -> new Verdict.Passed();
      case "refused" -> new Verdict.RefusedAsDeclared(said.words().get(1));
      case "unverified" -> new Verdict.NotVerified(said.words().get(1));
      default -> new Verdict.Failed(said.words().get(1));
    };
  }
}
