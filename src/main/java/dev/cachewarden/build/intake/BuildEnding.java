package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildEnded;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.store.NewBuild;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The work after the end of a build is stored: it compares the build, counts it, and publishes its end. */
@Component
class BuildEnding {

    private final BuildMetrics metrics;
    private final BuildComparer comparer;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;

    BuildEnding(
            BuildMetrics metrics,
            BuildComparer comparer,
            TransactionOperations transactions,
            ApplicationEventPublisher events) {
        this.metrics = metrics;
        this.comparer = comparer;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Completes a build.
     *
     * @param isFirst false if the end of the same build is already known, or its complete log may still follow
     */
    void complete(BuildId id, NewBuild build, boolean isFirst) {
        if (isFirst) {
            metrics.count(build);
        }
        comparer.compare(id);
        if (isFirst) {
            // Listeners run after the commit of a transaction, as for other events.
            transactions.executeWithoutResult(status -> events.publishEvent(new BuildEnded(
                    id, build.builder(), build.outline().project().name(), build.state())));
        }
    }
}
