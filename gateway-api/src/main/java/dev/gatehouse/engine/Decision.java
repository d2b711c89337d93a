package dev.gatehouse.engine;

import dev.gatehouse.event.LifecycleEvent;
import dev.gatehouse.store.Case;
import java.util.List;

/**
 * What follows from what is known.
 *
 * @param result the records as they are to be from now on
 * @param events what is to be told, in order
 * @param sends what may go out once all of it is committed
 */
record Decision(Case result, List<LifecycleEvent> events, List<Send> sends) {}
