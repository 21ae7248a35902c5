package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.intake.UploadReading.End;
import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.build.store.StoredUploads;
import dev.cachewarden.progress.log.NotABuildLogException;
import dev.cachewarden.rest.BusyException;
import dev.cachewarden.rest.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The ingestion of builds from logs that users and CI servers upload. */
@Component
public class UploadIntake {

    private static final String BROKEN_OFF = "The connection closed during the upload. The rest of the log is missing.";

    private static final String NO_ROOM = "The rest of the log is missing, because Cachewarden had no memory for it.";

    private final UploadRoom room;
    private final OpenUploads open;
    private final StoredUploads uploads;
    private final ProjectRules rules;
    private final BuildEnding ending;
    private final InstantSource clock;

    UploadIntake(
            UploadRoom room,
            OpenUploads open,
            StoredUploads uploads,
            ProjectRules rules,
            BuildEnding ending,
            InstantSource clock) {
        this.room = room;
        this.open = open;
        this.uploads = uploads;
        this.rules = rules;
        this.ending = ending;
        this.clock = clock;
    }

    /** A stored build. */
    public record Taken(BuildId id, boolean isNew) {}

    /**
     * Reads a log and stores its builds. While the log arrives, its known progress is shown as running builds. A build that was uploaded
     * before, with the same log and the same start time, is not stored again. If its previous upload was interrupted, the build is
     * completed.
     *
     * @param sender token or account of the sender
     * @return the builds in the order of the log, at least one
     * @throws InvalidInputException about {@code body}, if it is not a build log
     * @throws BusyException if there is no room for the log or its rest; the received part is stored and marked as incomplete
     * @throws IOException if the log could not be read to its end; the received part is stored and marked as incomplete
     */
    public List<Taken> take(UploadedLog sent, String sender, InputStream log) throws IOException {
        try (var place = room.enter(sender)) {
            return take(sent, place, log);
        }
    }

    private List<Taken> take(UploadedLog sent, UploadRoom.Place place, InputStream log) throws IOException {
        var reading = new UploadReading(sent, rules::of);
        var upload = new OpenUpload(reading, uploads, place, clock.instant());
        open.begin(upload);
        try {
            upload.read(log);
            return store(reading, upload.end(null), End.WHOLE);
        } catch (NotABuildLogException e) {
            throw new InvalidInputException("body", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            storeIncomplete(reading, upload, BROKEN_OFF);
            throw e;
        } catch (BusyException e) {
            storeIncomplete(reading, upload, NO_ROOM);
            throw e;
        } finally {
            open.end(upload);
        }
    }

    private void storeIncomplete(UploadReading reading, OpenUpload upload, String reason) {
        try {
            store(reading, upload.end(reason), End.BROKEN_OFF);
        } catch (NotABuildLogException e) {
            // No part of a build has arrived yet, so there is nothing to store.
        }
    }

    private List<Taken> store(UploadReading reading, OpenUpload.Ended log, End end) {
        var taken = new ArrayList<Taken>();
        for (int place = 0; place < log.builds().size(); place++) {
            taken.add(store(reading, log, place, place < log.current() ? End.WHOLE : end));
        }
        log.mergedBuilds().forEach(uploads::forget);
        return taken;
    }

    private Taken store(UploadReading reading, OpenUpload.Ended log, int place, End end) {
        var now = clock.instant();
        var shown = log.shownAt(place);
        var build = reading.ended(log.builds().get(place), place, end, shown == null ? null : log.begunAt(), now);
        var stored = uploads.store(shown, build, end == End.WHOLE ? null : now);
        if (!stored.isNew()) {
            return new Taken(stored.id(), false);
        }
        // The complete log of an interrupted upload may still follow, and counts then.
        var kept = end == End.WHOLE ? uploads.mergeSame(stored.id()) : stored.id();
        ending.complete(kept, build, end == End.WHOLE && kept.equals(stored.id()));
        return new Taken(kept, kept.equals(stored.id()));
    }
}
