package dev.cachewarden.host.registry;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DiskReading;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** A {@link DiskReading} as stored with its host. */
@Embeddable
class HostDisk {

    @Column(name = "disk_taken_at")
    private final Instant takenAt;

    @Column(name = "disk_total_bytes")
    private final @Nullable Long totalBytes;

    @Column(name = "disk_free_bytes")
    private final @Nullable Long freeBytes;

    @Column(name = "disk_problem")
    private final @Nullable String problem;

    HostDisk(DiskReading reading) {
        this.takenAt = reading.takenAt();
        var space = reading.space();
        this.totalBytes = space == null ? null : space.total().bytes();
        this.freeBytes = space == null ? null : space.free().bytes();
        this.problem = reading instanceof DiskReading.Unknown unknown ? unknown.problem() : null;
    }

    /** Creates an empty instance for Hibernate, which sets the fields. */
    @NullUnmarked
    HostDisk() {
        this.takenAt = null;
        this.totalBytes = null;
        this.freeBytes = null;
        this.problem = null;
    }

    boolean hasSameProblem(DiskReading reading) {
        return reading instanceof DiskReading.Unknown unknown
                && unknown.problem().equals(problem);
    }

    DiskReading reading() {
        return totalBytes == null || freeBytes == null
                ? new DiskReading.Unknown(takenAt, String.valueOf(problem))
                : new DiskReading.Known(takenAt, new DiskSpace(new ByteSize(totalBytes), new ByteSize(freeBytes)));
    }
}
