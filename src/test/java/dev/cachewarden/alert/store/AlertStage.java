package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.host.HostId;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notifications;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Evaluations put together by hand on a real database, over observations that a test sets. */
final class AlertStage {

    static final String START = "2026-11-20T12:00:00Z";

    final SettableClock clock = new SettableClock(START);
    final TestDatabase database;
    final AlertRows rows;
    final AlertRules rules;
    final Silences silences;
    final EvaluationRow evaluation;
    final Alerts alerts;
    final List<Notification> sent = Collections.synchronizedList(new ArrayList<>());
    volatile List<Observation> observed = List.of();

    AlertStage(TestDatabase database) {
        this.database = database;
        var jdbc = JdbcClient.create(database.dataSource());
        this.rows = new AlertRows(jdbc, new NamedParameterJdbcTemplate(database.dataSource()));
        this.rules = new AlertRules(jdbc, clock);
        this.silences = new Silences(jdbc, clock);
        this.evaluation = new EvaluationRow(jdbc);
        this.alerts = new Alerts(rows, evaluation, clock);
    }

    /** A replica that stores what it sends. */
    AlertEvaluator replica() {
        return replica(sent::addAll);
    }

    AlertEvaluator replica(Notifications notifications) {
        var source = new AlertSource() {
            @Override
            public Set<RuleId> rules() {
                return Set.of(RuleId.values());
            }

            @Override
            public List<Observation> observe(Instant now) {
                return observed;
            }
        };
        var hosts = FakeHosts.leadingTo();
        var runs = new RunFacts(JdbcClient.create(database.dataSource()));
        return new AlertEvaluator(
                List.of(source),
                rows,
                rules,
                silences,
                evaluation,
                new PruneOutlooks(runs, PolicyParts.policies(database, clock), hosts),
                hosts,
                notifications,
                database.transactions());
    }

    /** Stores hosts with these numbers. */
    void addHosts(int first, int last) {
        database.jdbc().update("""
                insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                select 'ci-' || i, 'DOCKER_ENGINE', 'unix:///' || i, 60, now(), now() from generate_series(?, ?) i""", first, last);
    }

    static Subject host(long id) {
        return new Subject("host:" + id, "ci-" + id, new HostId(id), null, Map.of("env", "ci"), "/hosts/" + id);
    }

    static Observation unreachable(long host, Duration since) {
        return new Observation(
                RuleId.HOST_UNREACHABLE,
                host(host),
                new Measured(Unit.DURATION, since.toSeconds()),
                since.isZero() ? "The host is reachable." : "Unreachable since noon.",
                List.of(new Fact("Cause", "REFUSED")));
    }

    static Observation free(long host, int percent) {
        return new Observation(
                RuleId.DISK_FREE,
                host(host),
                new Measured(Unit.BYTES, percent, 100),
                "Free disk space is " + percent + "%.",
                List.of());
    }
}
