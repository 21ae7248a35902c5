package dev.cachewarden.alert.store;

import static java.util.stream.Collectors.toMap;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertCycle;
import dev.cachewarden.alert.AlertEvaluation;
import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.PruneOutlook;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.notify.Notifications;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Evaluates all rules. It observes all values first. Then one transaction locks the evaluation, stores the changed alerts, and stores their
 * notifications, so no change is lost or reported twice, regardless of the number of replicas.
 */
@Component
class AlertEvaluator {

    /** The time after an evaluation during which no replica evaluates again. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(2);

    /** An alert that fires again within this time after its end is the same one. */
    private static final Duration REOPENED_WITHIN = Duration.ofHours(1);

    private static final Duration KEPT = Duration.ofDays(90);

    private final List<CachedSource> sources;
    private final AlertRows rows;
    private final AlertRules rules;
    private final Silences silences;
    private final EvaluationRow evaluation;
    private final PruneOutlooks outlooks;
    private final HostRegistry hosts;
    private final Notifications notifications;
    private final TransactionTemplate transactions;

    AlertEvaluator(
            List<AlertSource> sources,
            AlertRows rows,
            AlertRules rules,
            Silences silences,
            EvaluationRow evaluation,
            PruneOutlooks outlooks,
            HostRegistry hosts,
            Notifications notifications,
            TransactionTemplate transactions) {
        this.sources = sources.stream().map(CachedSource::new).toList();
        this.rows = rows;
        this.rules = rules;
        this.silences = silences;
        this.evaluation = evaluation;
        this.outlooks = outlooks;
        this.hosts = hosts;
        this.notifications = notifications;
        this.transactions = transactions;
    }

    /** The values that one evaluation compares with the rules. */
    record Observed(List<Observation> values, Set<HostId> unreachable, Map<HostId, PruneOutlook> prunes) {}

    /** Evaluates all rules. Returns whether it did: not if another replica evaluates, or evaluated a moment ago. */
    boolean evaluate(Instant now) {
        if (justEvaluated(
                evaluation.read().map(EvaluationRow.Content::evaluatedAt).orElse(null), now)) {
            return false;
        }
        var settings = rules.all();
        var observed = observe(settings, now);
        return Boolean.TRUE.equals(transactions.execute(status -> store(settings, observed, now)));
    }

    private Observed observe(Map<RuleId, AlertRule> settings, Instant now) {
        var enabled = settings.values().stream()
                .filter(AlertRule::enabled)
                .map(AlertRule::id)
                .collect(Collectors.toSet());
        var values = new ArrayList<Observation>();
        for (var source : sources) {
            if (source.rules().stream().anyMatch(enabled::contains)) {
                values.addAll(source.observe(now));
            }
        }
        var unreachable = hosts.all().stream()
                .filter(host -> host.enabled() && host.reachability() instanceof Reachability.Unreachable)
                .map(host -> host.id())
                .collect(Collectors.toSet());
        return new Observed(values, unreachable, outlooks.all());
    }

    private boolean store(Map<RuleId, AlertRule> settings, Observed observed, Instant now) {
        var row = evaluation.lock();
        if (row.isEmpty() || justEvaluated(row.get().evaluatedAt(), now)) {
            return false;
        }
        rows.archive(now.minus(REOPENED_WITHIN));
        rows.forget(now.minus(KEPT));
        silences.forget(now.minus(KEPT));
        var before = rows.current().stream().collect(toMap(Alert::key, Function.identity()));
        var result = AlertEvaluation.evaluate(
                new AlertEvaluation.Inputs(
                        settings,
                        before,
                        observed.values(),
                        observed.unreachable(),
                        observed.prunes(),
                        silences.open(),
                        row.get().quiet().contains(now),
                        AlertCycle.elapsed(row.get().evaluatedAt(), now)),
                now,
                UUID::randomUUID);
        save(before, result);
        evaluation.evaluated(now);
        return true;
    }

    /** Compares the distance in both directions, so that a clock that was set back stops no evaluation. */
    private static boolean justEvaluated(@Nullable Instant last, Instant now) {
        return last != null && Duration.between(last, now).abs().compareTo(LEAST_PAUSE) < 0;
    }

    private void save(Map<String, Alert> before, AlertEvaluation.Result result) {
        var added = new ArrayList<Alert>();
        var changed = new ArrayList<Alert>();
        for (var alert : result.alerts()) {
            if (alert.id() == 0) {
                added.add(alert);
            } else if (!alert.equals(before.get(alert.key()))) {
                changed.add(alert);
            }
        }
        rows.delete(result.removed().stream().map(Alert::id).toList());
        rows.insert(added);
        rows.update(changed);
        if (!result.notifications().isEmpty()) {
            notifications.send(result.notifications());
        }
    }

    /** Lets the next evaluation observe all values again. */
    void refresh() {
        sources.forEach(CachedSource::forget);
    }

    /** A source whose observations are reused for some time. */
    private static final class CachedSource {

        private final AlertSource source;
        private @Nullable Instant at;
        private List<Observation> last = List.of();

        CachedSource(AlertSource source) {
            this.source = source;
        }

        Set<RuleId> rules() {
            return source.rules();
        }

        synchronized List<Observation> observe(Instant now) {
            if (at == null || Duration.between(at, now).abs().compareTo(source.fresh()) >= 0) {
                last = source.observe(now);
                at = now;
            }
            return last;
        }

        synchronized void forget() {
            at = null;
        }
    }
}
