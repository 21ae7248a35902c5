package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The uploaded builds in the database, during the upload and after it. */
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
     * A build that is already stored.
     *
     * @param whole whether it has the same content; otherwise its upload was interrupted, and the complete log of the same build
     *     replaces it
     */
    record Known(BuildId id, boolean whole) {}

    /**
     * Stores the progress of a running build.
     *
     * @param shown ID under which the build is already stored, or null if it is not
     * @return ID under which the build is now stored
     */
    public BuildId show(@Nullable BuildId shown, NewBuild build, Instant at) {
        var id = transactions.execute(status -> {
            var classed = builds.classed(build);
            var row = shown;
            if (row == null || !rows.storeProgress(row, build, at)) {
                row = rows.begin(build, at);
                rows.storeProgress(row, build, at);
            }
            steps.replace(row, classed);
            return row;
        });
        if (id == null) {
            throw new IllegalStateException("A transaction returned nothing");
        }
        return id;
    }

    /** Records that the uploads of builds are still open, even without new data. */
    public void recordHeartbeat(Collection<BuildId> shown, Instant at) {
        rows.recordHeartbeat(shown, at);
    }

    /** Deletes a running build that turned out not to be a separate build of its log. */
    public void forget(BuildId shown) {
        rows.forget(shown);
    }

    /** Marks running builds as lost if their last heartbeat is too old, because the replica that received their logs has stopped. */
    public int markLost(Instant heardBefore, String gap) {
        return rows.markLost(heardBefore, gap);
    }

    /**
     * Stores a build that has ended, unless it is already stored. In this case its running build is deleted.
     *
     * @param shown ID under which the build was stored while it ran, which it keeps, or null if it was not
     * @param heard null if the log is complete; otherwise the time when the upload was interrupted, and the complete log may still
     *     follow
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

    /** Merges a build with the same build in its builder's history, and returns the ID of the remaining build. */
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
            // The same log was uploaded twice at the same time, and the other upload was faster.
            rows.forget(place);
            return new Stored(rows.known(build).map(Known::id).orElseThrow(() -> e), false);
        }
    }
}
