package dev.cachewarden.prune;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for run approval.
 *
 * @param by who may approve a run
 */
@ConfigurationProperties("cachewarden.approval")
public record ApprovalSettings(
        @DefaultValue("ANOTHER_IF_ANY") By by) {

    /** The accounts that may approve a run. A session and the API tokens of an account count as the same person. */
    public enum By {
        /** Only a person other than the requester, even if no other account can approve runs. */
        ANOTHER,
        /** Another person, as long as another account can approve runs. */
        ANOTHER_IF_ANY,
        /** Any person with the right to approve, including the requester. */
        ANYONE
    }
}
