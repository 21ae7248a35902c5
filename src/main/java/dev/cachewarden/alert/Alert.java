package dev.cachewarden.alert;

import dev.cachewarden.notify.Fact;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert about one subject: the current one, or an earlier one.
 *
 * @param id ID in the database; 0 if it is not stored yet
 * @param key the rule and the subject, such as {@code disk-free:host:12}
 * @param text what the last value means, as a sentence
 * @param mute why it is not reported, or null if it is
 * @param acknowledged the acknowledgement, or null if there is none
 */
public record Alert(
        long id,
        String key,
        RuleId rule,
        Subject subject,
        Course course,
        Reported reported,
        String text,
        List<Fact> facts,
        @Nullable Mute mute,
        @Nullable Acknowledged acknowledged) {

    public Alert {
        facts = List.copyOf(facts);
    }

    /** Who acknowledged an alert. */
    public record Acknowledged(String by, Instant at) {}

    /** Returns the title: {@code Disk space low: ci-1}. */
    public String title() {
        return rule.title() + ": " + subject.name();
    }
}
