package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds whose logs somebody sends, in the database: while they come in, and in the end. */
@Component
public class StoredUploads {

    private final StoredBuilds builds;
    private final UploadRows rows;
    private final StepRows steps;
    private final TransactionTemplate transactions;

    StoredUploads(StoredBuilds builds, UploadRows rows, StepRows steps, TransactionTemplate transactions) {
        this.builds = builds;
        this.rows = rows;
        this.steps = steps;
        this.transactions = transactions;
    }

    /**
     * A build that is stored already.
     *
     * @param whole whether it has the same content; else its log broke off, and the whole log of the same build is to take its place
     */
    record Known(BuildId id, boolean whole) {}

    /**
     * Stores what a build that runs has done so far.
     *
     * @param shown where it stands already; null: nowhere
     * @return where it stands now
     */
    public BuildId show(@Nullable BuildId shown, NewBuild build, Instant at) {
        var id = transactions.execute(status -> {
            var classed = builds.classed(build);
            var row = shown;
            if (row == null || !rows.soFar(row, build, at)) {
                row = rows.begin(build, at);
                rows.soFar(row, build, at);
            }
            steps.replace(row, classed);
            return row;
        });
        if (id == null) {
            throw new IllegalStateException("A transaction gave nothing");
        }
        return id;
    }

    /** Notes that the logs of builds are still open, though they tell nothing new. */
    public void heard(Collection<BuildId> shown, Instant at) {
        rows.heard(shown, at);
    }

    /** Takes away what was shown of a log that has no such build any more. */
    public void forget(BuildId shown) {
        rows.forget(shown);
    }

    /** Ends those that run by what was last heard of them: whoever took their logs in is gone. */
    public int lose(Instant heardBefore, String gap) {
        return rows.lose(heardBefore, gap);
    }

    /**
     * Stores a build as it came to be, unless it is known: then nothing is left of what was shown.
     *
     * @param shown where it was shown while it ran, which is its place; null: nowhere
     * @param heard null: its log has ended; otherwise it broke off, and the whole log may come yet
     */
    public Stored store(@Nullable BuildId shown, NewBuild build, @Nullable Instant heard) {
        var known = rows.known(build).orElse(null);
        if (known != null && known.whole()) {
            if (shown != null) {
                rows.forget(shown);
            }
            return new Stored(known.id(), false);
        }
        if (known != null && shown != null && !known.id().equals(shown)) {
            rows.forget(known.id());
        }
        var place =
                shown != null ? shown : known != null ? known.id() : heard == null ? null : rows.begin(build, heard);
        return place == null ? builds.store(build) : storeAt(place, build, heard);
    }

    /** Merges a build with the same build in its builder's history, and returns the one that is left. */
    public BuildId mergeSame(BuildId stored) {
        return builds.mergeSame(stored);
    }

    private Stored storeAt(BuildId place, NewBuild build, @Nullable Instant heard) {
        try {
            boolean there = Boolean.TRUE.equals(transactions.execute(status -> {
                var classed = builds.classed(build);
                boolean stored = rows.end(place, build, heard);
                if (stored) {
                    steps.replace(place, classed);
                }
                return stored;
            }));
            return there ? new Stored(place, true) : builds.store(build);
        } catch (DuplicateKeyException e) {
            // The same log came in twice at once, and the other was faster.
            rows.forget(place);
            return new Stored(rows.known(build).map(Known::id).orElseThrow(() -> e), false);
        }
    }
}
