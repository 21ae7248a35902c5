package dev.cachewarden.plan.preview;

import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.policy.PolicyDocument;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Calculates one preview of a common policy over the first snapshots after the start and drops it, so that the JVM has compiled the planner
 * before a user waits for a preview. A small fleet never gets there, and does not need it.
 */
@Component
class PreviewWarmUp {

    /** The number of snapshots that make the planner hot: with 2,000 records each, about 130,000 decisions. */
    static final int SNAPSHOTS = 64;

    private static final Logger log = LoggerFactory.getLogger(PreviewWarmUp.class);

    private static final PolicyDocument COMMON = new PolicyDocument(
            "warm-up",
            "REPORT",
            true,
            "",
            null,
            List.of(
                    PolicyDocument.Rule.of(List.of("source.local"), "2d", null, null),
                    PolicyDocument.Rule.of(List.of(), "14d", null, "10GB"),
                    PolicyDocument.Rule.of(List.of(), null, "50GB", null)),
            List.of(),
            null,
            null,
            null,
            false,
            null,
            new PolicyDocument.LimitPerRun(null, "50"),
            null,
            PolicyDocument.Guards.NONE);

    private final PolicyPreviews previews;
    private final Executor executor;
    private final AtomicInteger snapshots = new AtomicInteger();

    PreviewWarmUp(PolicyPreviews previews, @Qualifier("pruneExecutor") Executor executor) {
        this.previews = previews;
        this.executor = executor;
    }

    @EventListener(RecordsRead.class)
    void count() {
        if (snapshots.incrementAndGet() == SNAPSHOTS) {
            executor.execute(() -> {
                var preview = previews.of(COMMON, null);
                log.debug("Warmed up the planner with {} hosts", preview.hosts().size());
            });
        }
    }
}
