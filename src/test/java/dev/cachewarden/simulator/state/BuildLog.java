package dev.cachewarden.simulator.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The builds that an engine remembers: those that run, and the latest of those that ended. */
public final class BuildLog {

    /** BuildKit's own default. */
    private static final int REMEMBERED = 50;

    private final Map<String, Build> builds = new LinkedHashMap<>();
    private final List<Consumer<Build>> listeners = new CopyOnWriteArrayList<>();

    /**
     * One build.
     *
     * @param startedAt by the engine's clock
     * @param endedAt null while it runs
     * @param steps one after the other
     */
    public record Build(
            String ref,
            Map<String, String> attributes,
            Instant startedAt,
            @Nullable Instant endedAt,
            List<Step> steps) {

        public Build endedAt(Instant time) {
            return new Build(ref, attributes, startedAt, time, steps);
        }
    }

    /** One vertex, upon the one before it. */
    public record Step(String name, boolean cached, Duration took, String log) {}

    /** Remembers a build, or what became of one, and tells all who listen. */
    public synchronized void put(Build build) {
        builds.remove(build.ref());
        builds.put(build.ref(), build);
        if (builds.size() > REMEMBERED) {
            builds.remove(builds.keySet().iterator().next());
        }
        listeners.forEach(listener -> listener.accept(build));
    }

    /** Knows nothing any more of builds that run, as a daemon that was killed in their midst. */
    public synchronized void restart() {
        builds.values().removeIf(build -> build.endedAt() == null);
    }

    /** Tells of all that is remembered, and then of all that comes. */
    public synchronized void listen(Consumer<Build> listener) {
        new ArrayList<>(builds.values()).forEach(listener);
        listeners.add(listener);
    }

    public void leave(Consumer<Build> listener) {
        listeners.remove(listener);
    }

    public int listeners() {
        return listeners.size();
    }

    public synchronized Optional<Build> find(String ref) {
        return Optional.ofNullable(builds.get(ref));
    }
}
