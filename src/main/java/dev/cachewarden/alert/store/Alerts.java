package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.QuietHours;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The alerts for pages and REST: the current ones, the earlier ones, and the quiet hours. */
@Component
public class Alerts {

    private static final String LIST = "alerts";

    private final AlertRows rows;
    private final EvaluationRow evaluation;
    private final InstantSource clock;

    Alerts(AlertRows rows, EvaluationRow evaluation, InstantSource clock) {
        this.rows = rows;
        this.evaluation = evaluation;
        this.clock = clock;
    }

    /**
     * A filter of alerts.
     *
     * @param states the states to include; all if it is empty
     * @param host the host to include, or null for all
     * @param rule the rule to include, or null for all
     */
    public record Filter(
            Collection<AlertState> states,
            @Nullable HostId host,
            @Nullable RuleId rule) {}

    /**
     * Returns alerts, newest first.
     *
     * @param after the cursor from the previous page, or null to start at the newest
     * @param limit from 1 to 1,000
     */
    public Page<Alert> list(Filter filter, @Nullable String after, int limit) {
        Long before =
                after == null ? null : Long.valueOf(Cursor.decode(LIST, after).getFirst());
        var states = filter.states().isEmpty() ? List.of(AlertState.values()) : filter.states();
        var found = rows.list(states, filter.host(), filter.rule(), before, limit + 1);
        if (found.size() <= limit) {
            return Page.whole(found);
        }
        var items = found.subList(0, limit);
        return new Page<>(
                items, Cursor.encode(LIST, List.of(Long.toString(items.getLast().id()))));
    }

    /** Returns the current alerts, except resolved ones, worst and newest first. */
    public List<Alert> current() {
        return worstFirst(rows.current());
    }

    /** Returns the current alerts of a host, in the same order. */
    public List<Alert> ofHost(HostId host) {
        return worstFirst(rows.ofHost(host));
    }

    /** Returns the current alerts of a policy, in the same order. */
    public List<Alert> ofPolicy(long policy) {
        return worstFirst(rows.ofPolicy(policy));
    }

    private static List<Alert> worstFirst(List<Alert> alerts) {
        var all = new ArrayList<>(alerts);
        all.removeIf(alert -> alert.course().state() == AlertState.RESOLVED);
        all.sort((one, other) -> {
            int bySeverity = other.course().severity().compareTo(one.course().severity());
            return bySeverity != 0
                    ? bySeverity
                    : other.course().since().compareTo(one.course().since());
        });
        return all;
    }

    /** Returns the time of the last evaluation, or null if there was none. */
    public @Nullable Instant evaluatedAt() {
        return evaluation.read().map(EvaluationRow.Content::evaluatedAt).orElse(null);
    }

    /**
     * Returns an alert.
     *
     * @throws NotFoundException if it does not exist
     */
    public Alert get(long id) {
        return rows.find(id).orElseThrow(() -> new NotFoundException("There is no alert " + id + "."));
    }

    /**
     * Mutes an active alert until it is resolved.
     *
     * @throws NotFoundException if the alert does not exist
     * @throws ConflictException if it is not active, or another user acknowledged it
     */
    public Alert acknowledge(long id, String by) {
        if (!rows.acknowledge(id, by, clock.instant())) {
            var alert = get(id);
            var before = alert.acknowledged();
            throw new ConflictException(
                    before == null
                            ? "Alert " + id + " is not firing, so it cannot be acknowledged."
                            : before.by() + " already acknowledged alert " + id + ".");
        }
        return get(id);
    }

    public QuietHours quietHours() {
        return evaluation.read().map(EvaluationRow.Content::quiet).orElse(QuietHours.NONE);
    }

    /**
     * Changes the quiet hours.
     *
     * @param window hours such as {@code 22:00-06:00}; absent or blank for none
     * @param timeZone ID of the time zone; UTC if it is absent
     * @throws InvalidInputException naming every invalid field
     */
    public QuietHours changeQuietHours(@Nullable String window, @Nullable String timeZone) {
        var problems = new ArrayList<FieldProblem>();
        DayWindow hours = null;
        if (window != null && !window.isBlank()) {
            try {
                hours = DayWindow.parse(window);
            } catch (IllegalArgumentException e) {
                problems.add(new FieldProblem("window", "must be two different times such as 22:00-06:00"));
            }
        }
        ZoneId zone = ZoneOffset.UTC;
        try {
            zone = timeZone == null || timeZone.isBlank() ? ZoneId.of("UTC") : ZoneId.of(timeZone.strip());
        } catch (DateTimeException e) {
            problems.add(new FieldProblem(
                    "timeZone", "'" + timeZone + "' is not a time zone; use one such as Europe/Berlin"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        var quiet = new QuietHours(hours, zone);
        evaluation.quiet(quiet);
        return quiet;
    }
}
