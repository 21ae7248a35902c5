package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.rest.VisibleText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A validated policy that is not stored yet. */
record PolicyDraft(Content content, @Nullable CronSchedule schedule) {

    private static final int LONGEST_NAME = 100;
    private static final int HIGHEST_PRIORITY = 1_000_000;

    /**
     * Parses and validates a policy.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     */
    static PolicyDraft of(PolicyDocument document) {
        var problems = new InputProblems();
        String name = name(document.name(), problems);
        var mode = problems.read("mode", document.mode(), PolicyDraft::mode);
        var scope = problems.read("scope", document.scope(), LabelSelector::parse);
        var priority = problems.read("priority", document.priority(), PolicyDraft::priority);
        var rules = RuleReader.rules(document.rules(), problems);
        var pins = RuleReader.filters("pins", document.pins(), problems);
        var triggers = TriggerReader.triggers(document, problems);
        var limitPerRun = RuleReader.limitPerRun(document.limitPerRun(), problems);
        var approveAbove = problems.read("approveAbove", document.approveAbove(), ByteSize::parse);
        var guards = GuardReader.guards(document.guards(), problems);
        problems.throwIfAny();
        return of(new Content(
                name,
                mode == null ? PolicyMode.REPORT : mode,
                document.enabled(),
                scope == null ? LabelSelector.EVERY_HOST : scope,
                priority == null ? 0 : priority,
                rules,
                pins,
                triggers,
                Objects.requireNonNull(limitPerRun),
                approveAbove,
                guards));
    }

    /** Creates a draft from content that was validated before. */
    static PolicyDraft of(Content content) {
        String cron = content.triggers().cron();
        return new PolicyDraft(
                content,
                cron == null
                        ? null
                        : CronSchedule.parse(cron, content.triggers().timeZone()));
    }

    /** Returns the next scheduled time, or null if the policy is disabled or has no schedule. */
    @Nullable
    Instant nextStart(Instant after) {
        return content.enabled() && schedule != null ? schedule.next(after) : null;
    }

    private static String name(@Nullable String text, InputProblems problems) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty()) {
            problems.add("name", "must not be empty");
        } else if (name.length() > LONGEST_NAME) {
            problems.add("name", "must be at most " + LONGEST_NAME + " characters, not " + name.length());
        }
        var hidden = VisibleText.problem(name);
        if (hidden != null) {
            problems.add("name", hidden);
        }
        return name;
    }

    private static PolicyMode mode(String text) {
        for (var mode : PolicyMode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a mode; use REPORT or ENFORCE");
    }

    private static int priority(String text) {
        if (!text.matches("[+-]?\\d{1,7}") || Math.abs(Integer.parseInt(text)) > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("'" + text + "' is not a priority; use a whole number up to 1000000");
        }
        return Integer.parseInt(text);
    }
}
