package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.store.StoredUploads;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.log.NotABuildLogException;
import dev.cachewarden.progress.log.ProgressReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log that is being uploaded. One thread reads it to its end. Another thread regularly stores the known progress as running builds. If
 * the log contains several builds, these are the ones that it is currently reporting.
 */
final class OpenUpload {

    /** The interval between updates. A log that arrives within it is never shown as running, so small logs cause no extra work. */
    static final Duration EVERY = Duration.ofSeconds(2);

    /** The interval between heartbeats of a log without new data. */
    static final Duration SILENT = Duration.ofSeconds(15);

    private final UploadReading reading;
    private final StoredUploads uploads;
    private final UploadRoom.Place place;
    private final Instant begunAt;
    private final Object feeding = new Object();
    private final ProgressReader reader = new ProgressReader(BuildSettings.LIMITS);
    private boolean news;

    private final Object showing = new Object();
    private final List<BuildId> shown = new ArrayList<>();
    private Instant lookedAt;
    private boolean over;

    OpenUpload(UploadReading reading, StoredUploads uploads, UploadRoom.Place place, Instant begunAt) {
        this.place = place;
        this.reading = reading;
        this.uploads = uploads;
        this.begunAt = begunAt;
        this.lookedAt = begunAt;
    }

    /** Reads a log to its end, or until it exceeds the maximum size. */
    void read(InputStream log) throws IOException {
        var buffer = new byte[64 << 10];
        boolean more = true;
        while (more) {
            int count = log.read(buffer);
            more = count >= 0 && feed(buffer, count);
        }
    }

    /** Returns false if there is no room for more data. */
    private boolean feed(byte[] buffer, int count) {
        synchronized (feeding) {
            reader.feed(buffer, 0, count);
            news = true;
            place.holds(reader.held());
            return !reader.full();
        }
    }

    /**
     * Returns the builds at the end of the upload. After that, this object stores no more progress.
     *
     * @param gap reason for missing data, or null if the log is complete
     * @throws NotABuildLogException if the log contains no build
     */
    Ended end(@Nullable String gap) {
        synchronized (showing) {
            over = true;
        }
        synchronized (feeding) {
            if (gap != null) {
                reader.gap(gap);
            }
            var builds = reader.finish();
            return new Ended(builds, builds.size() - reader.current().size(), List.copyOf(shown), begunAt);
        }
    }

    /**
     * The content of an upload at its end.
     *
     * @param current position of the first build that the log was still reporting at its end
     * @param shown IDs under which builds were stored while they ran
     */
    record Ended(List<BuildProgress> builds, int current, List<BuildId> shown, Instant begunAt) {

        /** Returns the ID under which the build at a position was stored while it ran, or null if it was not. */
        @Nullable
        BuildId shownAt(int place) {
            int which = place - current;
            return which >= 0 && which < shown.size() ? shown.get(which) : null;
        }

        /** Returns the IDs of running builds that turned out not to be separate builds. */
        List<BuildId> mergedBuilds() {
            return shown.subList(Math.min(shown.size(), builds.size() - current), shown.size());
        }
    }

    /** Stores new progress, if the interval has passed. */
    void publishIfDue(Instant now) {
        synchronized (showing) {
            if (over || now.isBefore(lookedAt.plus(EVERY))) {
                return;
            }
            var current = takeUpdates();
            if (!current.isEmpty()) {
                storeProgressOrRetry(current, now);
                lookedAt = now;
            } else if (!shown.isEmpty() && !now.isBefore(lookedAt.plus(SILENT))) {
                uploads.recordHeartbeat(shown, now);
                lookedAt = now;
            }
        }
    }

    private List<BuildProgress> takeUpdates() {
        synchronized (feeding) {
            boolean any = news;
            news = false;
            return any ? reader.current() : List.of();
        }
    }

    /** Stores progress. If this fails, the progress still counts as new the next time. */
    private void storeProgressOrRetry(List<BuildProgress> current, Instant now) {
        boolean stored = false;
        try {
            show(current, now);
            stored = true;
        } finally {
            synchronized (feeding) {
                news |= !stored;
            }
        }
    }

    private void show(List<BuildProgress> current, Instant now) {
        for (int i = 0; i < current.size(); i++) {
            var build = reading.running(current.get(i), begunAt);
            if (i < shown.size()) {
                shown.set(i, uploads.show(shown.get(i), build, now));
            } else {
                shown.add(uploads.show(null, build, now));
            }
        }
        while (shown.size() > current.size()) {
            uploads.forget(shown.removeLast());
        }
    }
}
