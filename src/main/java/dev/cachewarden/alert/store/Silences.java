package dev.cachewarden.alert.store;

import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Silence;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The silences in the database. Ended silences remain for 90 days. */
@Component
public class Silences {

    private static final int LONGEST_REASON = 200;
    private static final int MOST = 500;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Silences(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A silence as a user writes it.
     *
     * @param rule ID of a rule; absent or blank for every rule
     * @param scope conditions on the labels of hosts; absent or blank for every host
     * @param startsAt the start; absent for now
     * @param endsAt the end; absent if there is a duration
     * @param duration a duration from the start, such as {@code 2h}; absent if there is an end
     */
    public record Input(
            @Nullable String rule,
            @Nullable String scope,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String duration,
            @Nullable String reason) {}

    /** Returns the silences that have not ended, in the order of their end. */
    public List<Silence> open() {
        return jdbc.sql("select * from alert_silence where ends_at > ? order by ends_at, id")
                .param(Columns.time(clock.instant()))
                .query(Silences::silence)
                .list();
    }

    /** Returns a silence, which may have ended. */
    public Silence get(long id) {
        return jdbc.sql("select * from alert_silence where id = ?")
                .param(id)
                .query(Silences::silence)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no silence " + id + "."));
    }

    /**
     * Adds a silence.
     *
     * @throws InvalidInputException naming every invalid field
     */
    public Silence add(Input input, String by) {
        var now = clock.instant();
        var problems = new ArrayList<FieldProblem>();
        var rule = rule(input.rule(), problems);
        var scope = scope(input.scope(), problems);
        var start = input.startsAt() == null ? now : input.startsAt();
        var end = end(input, start, now, problems);
        var reason = input.reason() == null ? "" : input.reason().strip();
        if (reason.isEmpty()
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem("reason", "must be 1 to " + LONGEST_REASON + " characters on one line"));
        }
        if (open().size() >= MOST) {
            problems.add(new FieldProblem("rule", "exceeds the limit of " + MOST + " silences. End one first."));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return jdbc.sql("""
                        insert into alert_silence (rule, scope, starts_at, ends_at, reason, created_by, created_at)
                        values (:rule, :scope, :start, :end, :reason, :by, :now) returning *""")
                .param("rule", rule == null ? null : rule.id(), Types.VARCHAR)
                .param("scope", scope.toString())
                .param("start", Columns.time(start))
                .param("end", Columns.time(end))
                .param("reason", reason)
                .param("by", by)
                .param("now", Columns.time(now))
                .query(Silences::silence)
                .single();
    }

    private static @Nullable RuleId rule(@Nullable String id, List<FieldProblem> problems) {
        if (id == null || id.isBlank()) {
            return null;
        }
        var rule = RuleId.parse(id.strip());
        if (rule.isEmpty()) {
            problems.add(new FieldProblem(
                    "rule",
                    "'" + id + "' is not a rule; use one of "
                            + Arrays.stream(RuleId.values()).map(RuleId::id).collect(Collectors.joining(", "))));
        }
        return rule.orElse(null);
    }

    private static LabelSelector scope(@Nullable String scope, List<FieldProblem> problems) {
        try {
            return LabelSelector.parse(scope == null ? "" : scope);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("scope", String.valueOf(e.getMessage())));
            return LabelSelector.EVERY_HOST;
        }
    }

    private static Instant end(Input input, Instant start, Instant now, List<FieldProblem> problems) {
        var end = input.endsAt();
        boolean hasDuration = input.duration() != null && !input.duration().isBlank();
        if ((end == null) != hasDuration) {
            problems.add(new FieldProblem("endsAt", "needs either an end or a duration such as 2h, not both"));
            return start;
        }
        if (end == null) {
            try {
                end = start.plus(Durations.parse(String.valueOf(input.duration())));
            } catch (IllegalArgumentException e) {
                problems.add(new FieldProblem("duration", String.valueOf(e.getMessage())));
                return start;
            }
        }
        String field = hasDuration ? "duration" : "endsAt";
        if (!end.isAfter(start) || !end.isAfter(now)) {
            problems.add(new FieldProblem(field, "must end after its start, and in the future"));
        } else if (end.isAfter(start.plus(LONGEST))) {
            problems.add(new FieldProblem(field, "must be at most 365 days"));
        }
        return end;
    }

    /**
     * Ends a silence now.
     *
     * @throws NotFoundException if no silence with this ID is open
     */
    public Silence end(long id) {
        var now = clock.instant();
        return jdbc.sql("""
                        update alert_silence set ends_at = :now,
                            starts_at = least(starts_at, cast(:now as timestamptz) - interval '1 microsecond')
                        where id = :id and ends_at > :now returning *""")
                .param("now", Columns.time(now))
                .param("id", id)
                .query(Silences::silence)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no open silence " + id + "."));
    }

    void forget(Instant before) {
        jdbc.sql("delete from alert_silence where ends_at < ?")
                .param(Columns.time(before))
                .update();
    }

    private static Silence silence(ResultSet row, int number) throws SQLException {
        var rule = row.getString("rule");
        return new Silence(
                row.getLong("id"),
                rule == null ? null : RuleId.parse(rule).orElse(null),
                LabelSelector.parse(row.getString("scope")),
                Columns.instant(row, "starts_at"),
                Columns.instant(row, "ends_at"),
                row.getString("reason"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"));
    }
}
