package dev.cachewarden.build;

import dev.cachewarden.progress.ProgressLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of builds.
 *
 * @param following whether this replica follows the build history of builders; several replicas can, since each build is stored only once
 * @param keep retention of builds after their end
 * @param uploadSilence maximum time without data while a client uploads the log of a running build
 * @param uploads maximum number of concurrent uploads
 * @param uploadsPerSender maximum number of concurrent uploads per token or account
 * @param uploadMemory memory limit for all concurrent uploads, or null for a quarter of the heap
 */
@ConfigurationProperties("cachewarden.build")
public record BuildSettings(
        @DefaultValue("true") boolean following,
        @DefaultValue("90d") Duration keep,
        @DefaultValue("1h") Duration uploadSilence,
        @DefaultValue("256") int uploads,
        @DefaultValue("64") int uploadsPerSender,
        @Nullable DataSize uploadMemory) {

    private static final int SHARE_OF_HEAP = 4;

    /** The limits for the stored data of one build, regardless of its output. Users read logs, and the end of a log matters most. */
    public static final ProgressLimits LIMITS =
            new ProgressLimits(10_000, 1_000, 1_000, 1_000, 16_384, 16L << 20, 32 << 10, 2 << 20);

    public BuildSettings {
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("cachewarden.build.keep must be positive, not " + keep);
        }
        if (!uploadSilence.isPositive()) {
            throw new IllegalArgumentException(
                    "cachewarden.build.upload-silence must be positive, not " + uploadSilence);
        }
        if (uploads < 1 || uploadsPerSender < 1) {
            throw new IllegalArgumentException(
                    "cachewarden.build.uploads and uploads-per-sender must be 1 or more, not " + uploads + " and "
                            + uploadsPerSender);
        }
    }

    /** Returns the memory limit for all concurrent uploads, in bytes. */
    public long uploadBytes() {
        return uploadMemory == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : uploadMemory.toBytes();
    }
}
