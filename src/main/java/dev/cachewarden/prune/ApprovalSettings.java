package dev.cachewarden.prune;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who approves a run that waits for approval.
 *
 * @param by whether the person who requested the run may approve it
 */
@ConfigurationProperties("cachewarden.approval")
public record ApprovalSettings(
        @DefaultValue("ANOTHER_IF_ANY") By by) {

    /** Which person may approve. A session and the API tokens of an account are the same person. */
    public enum By {
        /** Never the person who requested it, even if nobody else can. */
        ANOTHER,
        /** Another person, as long as another account can approve runs. */
        ANOTHER_IF_ANY,
        /** Also the person who requested it. */
        ANYONE
    }
}
