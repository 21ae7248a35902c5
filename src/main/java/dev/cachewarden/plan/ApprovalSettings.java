package dev.cachewarden.plan;

import dev.cachewarden.buildcache.ByteSize;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for run approval.
 *
 * @param by who may approve a run
 * @param manualAbove the size above which a run of a manual plan waits for approval, or {@code none}. A policy has its own threshold
 */
@ConfigurationProperties("cachewarden.approval")
public record ApprovalSettings(
        @DefaultValue("ANOTHER_IF_ANY") By by,
        @DefaultValue("100GB") String manualAbove) {

    private static final String NONE = "none";

    public ApprovalSettings {
        if (!manualAbove.equals(NONE)) {
            try {
                ByteSize.parse(manualAbove);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException(
                        "cachewarden.approval.manual-above must be a size such as 100GB, or none: " + e.getMessage(),
                        e);
            }
        }
    }

    /** Returns the threshold of manual plans, or null if their runs never wait for approval. */
    public @Nullable ByteSize manualThreshold() {
        return manualAbove.equals(NONE) ? null : ByteSize.parse(manualAbove);
    }

    /** The accounts that may approve a run. A session and the API tokens of an account count as the same person. */
    public enum By {
        /** Only a person other than the requester, even if no other user can approve runs. */
        ANOTHER,
        /** Another person, as long as another account can approve runs. */
        ANOTHER_IF_ANY,
        /** Any person with the right to approve, including the requester. */
        ANYONE
    }
}
