package dev.gatehouse.relay.kafka;

import java.time.Clock;
import java.time.Duration;

/**
 * What a runner of hooks is told.
 *
 * @param connection to the cluster
 * @param topic where the events are
 * @param group the consumer group
 * @param newGroup where a group begins that has no place yet
 * @param deadLetters the topic of what the hook can't take
 * @param threads how many partitions are worked on at a time
 * @param firstWait how long to wait after a hook's first failure; doubled each time
 * @param slowestWait the longest wait, unless the hook asks for more
 * @param patience for how long one event may go on failing
 * @param hookGrace how long a hook may take for one event
 * @param takeOver how long after a process died its partitions rest
 * @param clock says for how long an event fails
 * @param look how long dead letters are read in one go
 */
record RunnerOptions(
    KafkaConnection connection,
    String topic,
    String group,
    GroupStart newGroup,
    String deadLetters,
    int threads,
    Duration firstWait,
    Duration slowestWait,
    Duration patience,
    Duration hookGrace,
    Duration takeOver,
    Clock clock,
    Duration look) {

  /** The longest that a hook may ask for. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  /** How long to wait after so many failures, if the hook asks for that much. */
  Duration waitAfter(int failures, Duration asked) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(failures - 1, 20));
    Duration own = wait.compareTo(slowestWait) > 0 ? slowestWait : wait;
    Duration granted = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    return granted.compareTo(own) > 0 ? granted : own;
  }
}
