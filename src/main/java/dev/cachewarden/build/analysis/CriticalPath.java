package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.util.List;

/**
 * The chain of steps that limits the duration of a build: each step began when the previous one had ended. A build gets faster only if a
 * step on this path gets faster. Steps that came from the cache take no time and are not on the path.
 *
 * @param links steps from first to last
 * @param timed whether the path follows the times at which steps ran. Otherwise the log has no times, and the path is the chain of
 *     dependencies with the longest accumulated time
 */
public record CriticalPath(List<Link> links, boolean timed) {

    /**
     * One step on the path.
     *
     * @param waited time from the end of the previous step to the start of this one; zero if the log has no times
     * @param took time after that wait. It is less than the duration of the step if the step began before the previous one ended
     */
    public record Link(BuildStep step, Duration waited, Duration took) {}

    public CriticalPath {
        links = List.copyOf(links);
    }

    public static CriticalPath of(List<BuildStep> steps) {
        boolean timed = !Spans.of(steps).isEmpty();
        return new CriticalPath(timed ? TimedPath.of(steps) : LongestPath.of(steps), timed);
    }

    /** Returns the time of the steps on the path, including the waits between them. */
    public Duration total() {
        return links.stream().map(link -> link.waited().plus(link.took())).reduce(Duration.ZERO, Duration::plus);
    }
}
