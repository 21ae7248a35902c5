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
 * A log that comes in. One thread reads it to its end; another has a look from time to time and shows what is known so far, as builds that
 * run: of several builds in the log those that it is at.
 */
final class OpenUpload {

    /** So long a log may take to come in before anything is shown; small ones are never shown, and cost nothing. */
    static final Duration EVERY = Duration.ofSeconds(2);

    /** A log that tells nothing new is told to be open as often as this. */
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

    /** Reads a log to its end or until it is longer than any log. */
    void read(InputStream log) throws IOException {
        var buffer = new byte[64 << 10];
        boolean more = true;
        while (more) {
            int count = log.read(buffer);
            more = count >= 0 && feed(buffer, count);
        }
    }

    /** False if there is no room for more. */
    private boolean feed(byte[] buffer, int count) {
        synchronized (feeding) {
            reader.feed(buffer, 0, count);
            news = true;
            place.holds(reader.held());
            return !reader.full();
        }
    }

    /**
     * Its builds, when no more of it will come. Nothing is shown from now on.
     *
     * @param gap why something is missing; null: nothing is
     * @throws NotABuildLogException if there is none
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
     * All that came.
     *
     * @param current place of the first of those that the log was at in the end
     * @param shown where builds were shown while they ran
     */
    record Ended(List<BuildProgress> builds, int current, List<BuildId> shown, Instant begunAt) {

        /** Where the build at a place was shown; null: nowhere. */
        @Nullable
        BuildId shownAt(int place) {
            int which = place - current;
            return which >= 0 && which < shown.size() ? shown.get(which) : null;
        }

        /** Where something was shown that came to be no build of its own. */
        List<BuildId> leftOver() {
            return shown.subList(Math.min(shown.size(), builds.size() - current), shown.size());
        }
    }

    /** Shows what is new, if it is time. */
    void look(Instant now) {
        synchronized (showing) {
            if (over || now.isBefore(lookedAt.plus(EVERY))) {
                return;
            }
            var current = news();
            if (!current.isEmpty()) {
                showOrRemember(current, now);
                lookedAt = now;
            } else if (!shown.isEmpty() && !now.isBefore(lookedAt.plus(SILENT))) {
                uploads.heard(shown, now);
                lookedAt = now;
            }
        }
    }

    private List<BuildProgress> news() {
        synchronized (feeding) {
            boolean any = news;
            news = false;
            return any ? reader.current() : List.of();
        }
    }

    /** What could not be stored is news the next time. */
    private void showOrRemember(List<BuildProgress> current, Instant now) {
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
