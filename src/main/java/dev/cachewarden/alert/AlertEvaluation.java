package dev.cachewarden.alert;

import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.host.HostId;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One evaluation of all rules: a pure function from the alerts so far and the observed values to the next alerts and notifications. */
public final class AlertEvaluation {

    private final Inputs inputs;
    private final Instant now;
    private final AlertMessages messages;
    private final List<Alert> next = new ArrayList<>();
    private final List<Alert> ended = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();

    private AlertEvaluation(Inputs inputs, Instant now, Supplier<UUID> ids) {
        this.inputs = inputs;
        this.now = now;
        this.messages = new AlertMessages(ids, now);
    }

    /**
     * The state that an evaluation depends on.
     *
     * @param rules the settings of every rule
     * @param before the current alerts by key
     * @param seen the observed values, with unique keys
     * @param unreachable hosts that are unreachable now
     * @param prunes what the policies of the hosts do next
     * @param quiet whether it is in the quiet hours
     * @param elapsed the time since the last evaluation, as {@link AlertCycle#elapsed} returns it
     */
    public record Inputs(
            Map<RuleId, AlertRule> rules,
            Map<String, Alert> before,
            List<Observation> seen,
            Set<HostId> unreachable,
            Map<HostId, PruneOutlook> prunes,
            List<Silence> silences,
            boolean quiet,
            Duration elapsed) {}

    /**
     * The result of an evaluation.
     *
     * @param alerts the current alerts after the evaluation
     * @param removed alerts that became inactive before they fired
     */
    public record Result(List<Alert> alerts, List<Alert> removed, List<Notification> notifications) {}

    /**
     * Evaluates all rules once.
     *
     * @param ids returns a new random ID with each call
     */
    public static Result evaluate(Inputs inputs, Instant now, Supplier<UUID> ids) {
        return new AlertEvaluation(inputs, now, ids).run();
    }

    private Result run() {
        var steps = steps();
        var mutes =
                new Mutes(inputs.unreachable(), critical(steps), inputs.prunes(), inputs.silences(), inputs.quiet());
        steps.forEach(step -> report(step, mutes));
        if (!inputs.quiet()) {
            sendDigest();
        }
        return new Result(next, ended, notifications);
    }

    /** An alert with its next state and the observation that led to it, or null if nothing was observed. */
    private record Step(Alert alert, @Nullable Observation seen) {}

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        var unseen = new LinkedHashMap<>(inputs.before());
        for (var seen : inputs.seen()) {
            var rule = rule(seen.rule());
            if (rule.enabled() && inScope(rule, seen.subject())) {
                var before = unseen.remove(seen.key());
                var course = AlertCycle.next(
                        rule, before == null ? null : before.course(), seen.value(), inputs.elapsed(), now);
                add(steps, before, course, seen);
            }
        }
        unseen.values().forEach(before -> add(steps, before, AlertCycle.unwatched(before.course(), now), null));
        return steps;
    }

    private void add(List<Step> steps, @Nullable Alert before, @Nullable Course course, @Nullable Observation seen) {
        if (course == null) {
            if (before != null) {
                ended.add(before);
            }
        } else if (seen != null) {
            steps.add(new Step(updated(before, course, seen), seen));
        } else if (before != null) {
            var text = course.equals(before.course()) ? before.text() : "Cachewarden no longer watches this.";
            steps.add(new Step(with(before, course, before.reported(), text, null, before.acknowledged()), null));
        }
    }

    private AlertRule rule(RuleId id) {
        return inputs.rules().getOrDefault(id, BuiltInRules.of(id));
    }

    private static boolean inScope(AlertRule rule, Subject subject) {
        return subject.host() == null || rule.scope().matches(subject.labels());
    }

    private Alert updated(@Nullable Alert before, Course course, Observation seen) {
        // A resolved alert keeps the text with which it was resolved.
        boolean unchanged = before != null
                && course.state() == AlertState.RESOLVED
                && before.course().state() == AlertState.RESOLVED;
        var text = before != null && unchanged ? before.text() : text(course, seen);
        var acknowledged = before == null || !course.active() ? null : before.acknowledged();
        return new Alert(
                before == null ? 0 : before.id(),
                seen.key(),
                seen.rule(),
                seen.subject(),
                course,
                before == null ? Reported.NOTHING : before.reported(),
                text,
                before != null && unchanged ? before.facts() : seen.facts(),
                null,
                acknowledged);
    }

    private String text(Course course, Observation seen) {
        if (!seen.rule().prunable() || seen.subject().host() == null || course.state() == AlertState.RESOLVED) {
            return seen.text();
        }
        var outlook = inputs.prunes().getOrDefault(seen.subject().host(), PruneOutlook.NONE);
        var since = course.firingSince() == null ? course.since() : course.firingSince();
        return seen.text() + " " + AlertMessages.prune(outlook, missing(seen, course), since, now);
    }

    private long missing(Observation seen, Course course) {
        return seen.value() instanceof Measured measured
                ? rule(seen.rule()).missingBytes(measured, course.severity())
                : 0;
    }

    private static Map<HostId, Set<RuleId.Family>> critical(List<Step> steps) {
        var critical = new HashMap<HostId, Set<RuleId.Family>>();
        for (var step : steps) {
            var alert = step.alert();
            if (alert.subject().host() != null
                    && alert.course().active()
                    && alert.course().severity() == Severity.CRITICAL) {
                critical.computeIfAbsent(alert.subject().host(), any -> EnumSet.noneOf(RuleId.Family.class))
                        .add(alert.rule().family());
            }
        }
        return critical;
    }

    private void report(Step step, Mutes mutes) {
        var alert = step.alert();
        if (alert.rule().reportedElsewhere()) {
            next.add(alert);
            return;
        }
        var by = alert.acknowledged();
        var mute = step.seen() == null || alert.course().state() != AlertState.FIRING
                ? null
                : mutes.of(
                        step.seen(),
                        alert.course(),
                        missing(step.seen(), alert.course()),
                        by == null ? null : by.by(),
                        now);
        var reported = reported(alert, alert.reported().action(alert.course(), mute, inputs.quiet(), now));
        next.add(with(alert, alert.course(), reported, alert.text(), mute, by));
    }

    private Reported reported(Alert alert, Reported.Action action) {
        return switch (action) {
            case NOTHING -> alert.reported();
            case KEEP_FOR_DIGEST -> alert.reported().keptForDigest();
            case FIRE -> {
                notifications.add(messages.firing(alert, rule(alert.rule())));
                yield alert.reported().fired(alert.course().severity(), now);
            }
            case RESOLVE -> {
                var severity = alert.reported().severity();
                notifications.add(messages.resolved(
                        alert, severity == null ? alert.course().severity() : severity));
                yield Reported.NOTHING;
            }
        };
    }

    private void sendDigest() {
        var listed = new ArrayList<Alert>();
        for (int i = 0; i < next.size(); i++) {
            var alert = next.get(i);
            if (!alert.reported().forDigest()) {
                continue;
            }
            boolean firing = alert.course().state() == AlertState.FIRING && alert.mute() == null;
            if (firing || alert.course().state() == AlertState.RESOLVED) {
                listed.add(alert);
            }
            var reported = firing
                    ? alert.reported().fired(alert.course().severity(), now)
                    : new Reported(alert.reported().at(), alert.reported().severity(), false);
            next.set(i, with(alert, alert.course(), reported, alert.text(), alert.mute(), alert.acknowledged()));
        }
        if (!listed.isEmpty()) {
            notifications.add(messages.digest(listed));
        }
    }

    private static Alert with(
            Alert alert,
            Course course,
            Reported reported,
            String text,
            @Nullable Mute mute,
            Alert.@Nullable Acknowledged acknowledged) {
        return new Alert(
                alert.id(),
                alert.key(),
                alert.rule(),
                alert.subject(),
                course,
                reported,
                text,
                alert.facts(),
                mute,
                acknowledged);
    }
}
