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
 * @param following whether this replica follows what builders remember of their builds; several may, each build is stored once
 * @param keep how long builds are kept after their end
 * @param uploadSilence how long a log that is sent while its build runs may say nothing
 * @param uploads logs that may come in at a time
 * @param uploadsPerSender of one token or account
 * @param uploadMemory memory that they may take together; null: a quarter of the heap
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

    /** What is kept of one build, whatever it prints: logs are for the eye, their end is what matters. */
    public static final ProgressLimits LIMITS =
            new ProgressLimits(10_000, 1_000, 1_000, 1_000, 16_384, 16L << 20, 32 << 10, 2 << 20);

    public BuildSettings {
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("cachewarden.build.keep is to be positive, not " + keep);
        }
        if (!uploadSilence.isPositive()) {
            throw new IllegalArgumentException(
                    "cachewarden.build.upload-silence is to be positive, not " + uploadSilence);
        }
        if (uploads < 1 || uploadsPerSender < 1) {
            throw new IllegalArgumentException(
                    "cachewarden.build.uploads and uploads-per-sender must be 1 or more, not " + uploads + " and "
                            + uploadsPerSender);
        }
    }

    /** Returns the memory that logs may take together while they come in. */
    public long uploadBytes() {
        return uploadMemory == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : uploadMemory.toBytes();
    }
}
