package dev.cachewarden.engine.buildkit;

import com.google.protobuf.Timestamp;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.engine.BuilderTime;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.RecordIntake;
import dev.cachewarden.engine.buildkit.wire.StatusResponse;
import dev.cachewarden.engine.buildkit.wire.Vertex;
import dev.cachewarden.engine.buildkit.wire.VertexWarning;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.StatusUpdate;
import dev.cachewarden.progress.VertexUpdate;
import dev.cachewarden.text.CleanText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts BuildKit's messages about builds to domain values, with times by Cachewarden's clock. Impossible values cause a
 * {@link BadMessageException}.
 */
final class BuildWire {

    /**
     * The maximum number of attributes. A frontend gets a few attributes and build arguments, and one attribute for each named build
     * context.
     */
    private static final int MOST_ATTRIBUTES = 1_000;

    /** The maximum length of the names and values of all attributes; a single argument of a process has at most 128 KiB. */
    private static final int LONGEST_ATTRIBUTES = 1 << 20;

    /** The maximum length of a name, because the name replaces each redacted value in a log. */
    private static final int LONGEST_ATTRIBUTE_NAME = 256;

    private final BuilderClock clock;
    private final EngineLimits limits;

    /** @param clock clock of the call that sends the messages */
    BuildWire(BuilderClock clock, EngineLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    BuildHistoryRecord record(dev.cachewarden.engine.buildkit.wire.BuildHistoryRecord wire) {
        String ref = ref(wire);
        WireTypes.requireKnown(wire, " of build " + ref);
        WireTypes.requireKnown(wire.getCreatedAt(), " of build " + ref);
        WireTypes.requireKnown(wire.getCompletedAt(), " of build " + ref);
        var created = wire.hasCreatedAt() ? time(wire.getCreatedAt()) : null;
        if (created == null) {
            throw new BadMessageException("build " + ref + " has no start time");
        }
        return new BuildHistoryRecord(
                ref,
                attributes(ref, wire),
                wire.hasError() ? CleanText.of(wire.getError().getMessage(), limits.maxTextLength()) : null,
                created,
                wire.hasCompletedAt() ? time(wire.getCompletedAt()) : null,
                Math.max(0, wire.getNumTotalSteps()),
                Math.max(0, wire.getNumCompletedSteps()),
                Math.max(0, wire.getNumCachedSteps()));
    }

    String ref(dev.cachewarden.engine.buildkit.wire.BuildHistoryRecord wire) {
        return RecordIntake.id("the ref of a build", wire.getRef(), limits);
    }

    private static Map<String, String> attributes(
            String ref, dev.cachewarden.engine.buildkit.wire.BuildHistoryRecord wire) {
        if (wire.getFrontendAttrsCount() > MOST_ATTRIBUTES) {
            throw new BadMessageException("build " + ref + " has more than " + MOST_ATTRIBUTES + " attributes");
        }
        var attributes = HashMap.<String, String>newHashMap(wire.getFrontendAttrsCount());
        int length = 0;
        for (var attribute : wire.getFrontendAttrsMap().entrySet()) {
            length += attribute.getKey().length() + attribute.getValue().length();
            if (attribute.getKey().length() > LONGEST_ATTRIBUTE_NAME || length > LONGEST_ATTRIBUTES) {
                throw new BadMessageException("build " + ref + " has attributes that exceed the length limit");
            }
            attributes.put(CleanText.of(attribute.getKey()), CleanText.of(attribute.getValue()));
        }
        return attributes;
    }

    void record(StatusResponse wire, ProgressRecorder recorder) {
        WireTypes.requireKnown(wire, "");
        for (var vertex : wire.getVertexesList()) {
            WireTypes.requireKnown(vertex, " of a step");
            if (vertex.hasProgressGroup()) {
                var group = vertex.getProgressGroup();
                recorder.vertex(
                        update(vertex), new VertexUpdate.Group(group.getId(), group.getName(), group.getWeak()));
            } else {
                recorder.vertex(update(vertex));
            }
        }
        for (var status : wire.getStatusesList()) {
            recorder.status(new StatusUpdate(
                    status.getVertex(),
                    status.getId(),
                    status.getCurrent(),
                    status.getTotal(),
                    status.hasStarted() ? time(status.getStarted()) : null,
                    status.hasCompleted() ? time(status.getCompleted()) : null));
        }
        for (var log : wire.getLogsList()) {
            recorder.log(log.getVertex(), log.getMsg().toByteArray());
        }
        for (var warning : wire.getWarningsList()) {
            recorder.warning(warning(warning));
        }
    }

    private VertexUpdate update(Vertex wire) {
        return new VertexUpdate(
                wire.getDigest(),
                wire.getName(),
                wire.getInputsList(),
                wire.hasStarted() ? time(wire.getStarted()) : null,
                wire.hasCompleted() ? time(wire.getCompleted()) : null,
                wire.getCached(),
                wire.getError().isEmpty() ? null : wire.getError());
    }

    private static BuildProgress.Warning warning(VertexWarning wire) {
        return new BuildProgress.Warning(
                wire.getVertex(),
                wire.getShortText().toStringUtf8(),
                wire.getUrl().isEmpty() ? null : wire.getUrl(),
                wire.getRangesCount() == 0 || wire.getRanges(0).getStart().getLine() < 1
                        ? null
                        : wire.getRanges(0).getStart().getLine());
    }

    /** Returns the time, or null for Go's zero time, which means no time. */
    private @Nullable Instant time(Timestamp wire) {
        try {
            var time = Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
            return time.getEpochSecond() <= 0
                    ? null
                    : BuilderTime.storable(clock.offset().toLocal(time));
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadMessageException("a time of a build is " + wire.getSeconds() + " s, which is out of range");
        }
    }
}
