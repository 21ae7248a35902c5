package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.util.List;

/**
 * The chain of steps that a build could not have been shorter than: each began when the one before it had ended. To make the build faster,
 * make one of these faster. What came from the cache takes no time and is not on it.
 *
 * @param links from the first step to the last
 * @param timed whether it follows when steps ran; else the log has no times, and it is the chain of dependencies that took longest in sum
 */
public record CriticalPath(List<Link> links, boolean timed) {

    /**
     * One step on the path.
     *
     * @param waited from the end of the one before it until it began; nothing where the log has no times
     * @param took from then on; less than its duration if it began before the one before it ended
     */
    public record Link(BuildStep step, Duration waited, Duration took) {}

    public CriticalPath {
        links = List.copyOf(links);
    }

    public static CriticalPath of(List<BuildStep> steps) {
        boolean timed = !Spans.of(steps).isEmpty();
        return new CriticalPath(timed ? TimedPath.of(steps) : LongestPath.of(steps), timed);
    }

    /** What the steps on it took, and the waiting between them. */
    public Duration total() {
        return links.stream().map(link -> link.waited().plus(link.took())).reduce(Duration.ZERO, Duration::plus);
    }
}
