package dev.cachewarden.alert;

import static dev.cachewarden.alert.Evaluations.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.alert.PruneOutlook.LastRun;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.policy.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertEvaluationTests {

    private static final long GIB = 1L << 30;

    private final Evaluations fleet = new Evaluations();
    private final Subject host = Evaluations.host(1, "env=ci");

    @Test
    void firingAndItsEndAreReportedOnceEach() {
        assertThat(fleet.free(host, 9).next(5)).isEmpty();
        var firing = fleet.next();
        assertThat(fleet.next(20)).isEmpty();
        var resolved = fleet.free(host, 40).next();
        assertThat(fleet.next(20)).isEmpty();

        assertThat(firing).singleElement().satisfies(sent -> {
            assertThat(sent.kind()).isEqualTo(Kind.FIRING);
            assertThat(sent.severity()).isEqualTo(Severity.WARNING);
            assertThat(sent.key()).isEqualTo("disk-free:host:1");
            assertThat(sent.title()).isEqualTo("Disk space low: ci-1");
            assertThat(sent.text())
                    .isEqualTo("Free disk space is 90.0 GiB of 1000.0 GiB (9%)."
                            + " No policy prunes this host automatically.");
            assertThat(sent.facts())
                    .containsExactly(
                            new Fact("Where", "ci-1"),
                            new Fact("Since", "2026-11-20 12:12 UTC"),
                            new Fact("Threshold", "below 15%, ends at 20%"),
                            new Fact("Free space", "90.0 GiB of 1000.0 GiB (9%)"));
            assertThat(sent.path()).isEqualTo("/hosts/1");
            assertThat(sent.labels())
                    .isEqualTo(Map.of(
                            "rule",
                            "disk-free",
                            "subject",
                            "ci-1",
                            "host",
                            "ci-1",
                            "severity",
                            "warning",
                            "label_env",
                            "ci"));
        });
        assertThat(resolved).singleElement().satisfies(sent -> {
            assertThat(sent.kind()).isEqualTo(Kind.RESOLVED);
            assertThat(sent.key()).isEqualTo("disk-free:host:1");
            assertThat(sent.text()).isEqualTo("Resolved. Free disk space is 400.0 GiB of 1000.0 GiB (40%).");
        });
    }

    @Test
    void higherSeverityIsReportedAndTheEndHasTheHighestOne() {
        fleet.free(host, 9).untilItFires();
        var critical = fleet.free(host, 3).untilItFires();
        var milder = fleet.free(host, 12).next(5);
        var resolved = fleet.free(host, 40).next();

        assertThat(critical).extracting(Notification::severity).containsExactly(Severity.CRITICAL);
        assertThat(milder).isEmpty();
        assertThat(fleet.alert(RuleId.DISK_FREE, host).course().severity()).isEqualTo(Severity.WARNING);
        assertThat(resolved).extracting(Notification::severity).containsExactly(Severity.CRITICAL);
    }

    @Test
    void activeAlertIsRepeatedAfterADayAndACriticalOneAfterFourHours() {
        fleet.free(host, 9).untilItFires();
        assertThat(fleet.next(719)).isEmpty();
        assertThat(fleet.next()).extracting(Notification::kind).containsExactly(Kind.FIRING);

        assertThat(fleet.free(host, 3).next(5)).hasSize(1);
        assertThat(fleet.next(119)).isEmpty();
        assertThat(fleet.next()).extracting(Notification::severity).containsExactly(Severity.CRITICAL);
    }

    @Test
    void alertThatFiresAgainIsReportedAsReopened() {
        fleet.free(host, 9).untilItFires();
        fleet.free(host, 40).next();
        var again = fleet.free(host, 9).untilItFires();

        assertThat(again)
                .singleElement()
                .satisfies(sent -> assertThat(sent.facts())
                        .contains(new Fact("Reopened", "1 time"), new Fact("Since", "2026-11-20 12:12 UTC")));
    }

    @Test
    void pendingAlertThatEndsIsRemovedSilently() {
        fleet.free(host, 9).next(3);
        assertThat(fleet.free(host, 40).next()).isEmpty();

        assertThat(fleet.alerts).isEmpty();
        assertThat(fleet.removed).extracting(Alert::key).containsExactly("disk-free:host:1");
    }

    @Test
    void scopeAndSwitchOfARuleApply() {
        var rule = BuiltInRules.of(RuleId.DISK_FREE);
        fleet.free(host, 9).untilItFires();
        fleet.rules.put(
                RuleId.DISK_FREE,
                new AlertRule(
                        rule.id(), true, rule.levels(), rule.pendingFor(), LabelSelector.parse("env=production")));

        assertThat(fleet.next()).singleElement().satisfies(sent -> {
            assertThat(sent.kind()).isEqualTo(Kind.RESOLVED);
            assertThat(sent.text()).isEqualTo("Resolved. Cachewarden no longer watches this.");
        });
        fleet.rules.put(
                RuleId.DISK_FREE,
                new AlertRule(rule.id(), false, rule.levels(), Duration.ZERO, LabelSelector.EVERY_HOST));
        assertThat(fleet.next(3)).isEmpty();
    }

    @Test
    void unreachableHostMutesItsOtherAlerts() {
        fleet.free(host, 9).next(5);
        fleet.unreachable.add(host.host());
        var sent = fleet.unreachable(host, Duration.ofMinutes(10)).next(3);

        assertThat(sent).extracting(Notification::key).containsExactly("host-unreachable:host:1");
        assertThat(mute(RuleId.DISK_FREE)).isEqualTo(Mute.Kind.HOST_UNREACHABLE);

        fleet.unreachable.clear();
        assertThat(fleet.unreachable(host, Duration.ZERO).next())
                .extracting(Notification::key, Notification::kind)
                .containsExactlyInAnyOrder(
                        tuple("host-unreachable:host:1", Kind.RESOLVED), tuple("disk-free:host:1", Kind.FIRING));
    }

    @Test
    void criticalAlertMutesWarningsAboutTheSameThing() {
        var over = new Observation(
                RuleId.CACHE_OVER_LIMIT,
                host,
                new Value.Measured(Threshold.Unit.BYTES, 50 * GIB, 100 * GIB),
                "The cache has 150.0 GiB.",
                List.of());
        fleet.free(host, 3).see(over);
        var sent = fleet.next(40);

        assertThat(sent).extracting(Notification::key).containsExactly("disk-free:host:1");
        assertThat(mute(RuleId.CACHE_OVER_LIMIT)).isEqualTo(Mute.Kind.CRITICAL_ALERT);
    }

    /** The alert needs 110 GiB to end. The policy starts in 30 minutes, or in two hours, or a run is active. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            due soon and frees enough,      9,  30, 120,   false, PRUNE
            due soon and frees too little,  9,  30, 20,    false,
            due soon without an earlier run,9,  30, ,      false,
            due later,                      9, 120, 120,   false,
            overdue,                        9, -30, 120,   false,
            critical and due soon,          3,  30, 990,   false,
            running,                        9, 120, 0,     true,  PRUNE
            critical and running,           3, 120, 0,     true,  PRUNE
            """)
    void pruneThatWillHelpMutes(
            String name, int free, int dueMinutes, @Nullable Long lastGib, boolean running, Mute.@Nullable Kind mute) {
        var end = Evaluations.START.plus(STEP.multipliedBy(6));
        fleet.prunes.put(
                host.host(),
                outlook(
                        running ? end.minusSeconds(60) : null,
                        end.plus(Duration.ofMinutes(dueMinutes)),
                        lastGib == null ? null : new LastRun(7, Evaluations.START.minusSeconds(9), lastGib * GIB)));
        var sent = fleet.free(host, free).untilItFires();

        assertThat(mute(RuleId.DISK_FREE)).isEqualTo(mute);
        assertThat(sent).hasSize(mute == null ? 1 : 0);
    }

    @Test
    void runThatNeverEndsMutesForAnHour() {
        fleet.prunes.put(host.host(), outlook(Evaluations.START, null, null));

        assertThat(fleet.free(host, 9).next(29)).isEmpty();
        assertThat(fleet.next()).hasSize(1);
    }

    @Test
    void policyThatCannotHoldTheCacheIsNamed() {
        fleet.prunes.put(host.host(), outlook(Evaluations.START, Evaluations.START.plus(Duration.ofDays(1)), null));
        fleet.free(host, 9).next(8);
        fleet.prunes.put(
                host.host(),
                outlook(null, Evaluations.START.plus(Duration.ofDays(1)), new LastRun(7, fleet.now, 3 * GIB)));
        var sent = fleet.next();

        assertThat(sent)
                .singleElement()
                .satisfies(first -> assertThat(first.text())
                        .isEqualTo(
                                "Free disk space is 90.0 GiB of 1000.0 GiB (9%). Policy nightly cannot hold the cache: run 7"
                                        + " deleted 3.0 GiB, but another 110.0 GiB are necessary."));
    }

    @Test
    void textStatesWhenThePolicyStartsAndHowMuchItsLastRunDeleted() {
        fleet.prunes.put(
                host.host(),
                outlook(
                        null,
                        Instant.parse("2026-11-21T02:00:00Z"),
                        new LastRun(7, Evaluations.START.minusSeconds(9), 12 * GIB)));

        assertThat(fleet.free(host, 9).untilItFires())
                .singleElement()
                .satisfies(sent -> assertThat(sent.text())
                        .endsWith("Policy nightly starts at 2026-11-21 02:00 UTC. Its last run deleted 12.0 GiB."));
    }

    @ParameterizedTest(name = "{0} {1} from {2} to {3} min")
    @CsvSource({
        ", , 0, 60, true",
        "DISK_FREE, , 0, 60, true",
        "HOST_UNREACHABLE, , 0, 60, false",
        ", env=ci, 0, 60, true",
        ", env=production, 0, 60, false",
        ", , 30, 60, false",
        ", , 0, 12, false"
    })
    void silenceMutesMatchingAlertsWhileItIsActive(
            @Nullable RuleId rule, @Nullable String scope, int from, int until, boolean matches) {
        fleet.silences.add(new Silence(
                1,
                rule,
                LabelSelector.parse(scope == null ? "" : scope),
                Evaluations.START.plus(Duration.ofMinutes(from)),
                Evaluations.START.plus(Duration.ofMinutes(until)),
                "Maintenance",
                "ann",
                Evaluations.START));

        assertThat(fleet.free(host, 9).untilItFires()).hasSize(matches ? 0 : 1);
        assertThat(mute(RuleId.DISK_FREE)).isEqualTo(matches ? Mute.Kind.SILENCED : null);
    }

    @Test
    void alertIsReportedAtTheEndOfItsSilence() {
        fleet.silences.add(new Silence(
                1,
                null,
                LabelSelector.EVERY_HOST,
                Evaluations.START,
                Evaluations.START.plus(Duration.ofHours(1)),
                "Maintenance",
                "ann",
                Evaluations.START));
        assertThat(fleet.free(host, 9).next(29)).isEmpty();

        assertThat(fleet.next()).hasSize(1);
    }

    @Test
    void acknowledgedAlertIsMutedUntilItEnds() {
        fleet.free(host, 9).untilItFires();
        fleet.acknowledged.add("disk-free:host:1");
        assertThat(fleet.free(host, 3).next(1000)).isEmpty();
        assertThat(mute(RuleId.DISK_FREE)).isEqualTo(Mute.Kind.ACKNOWLEDGED);

        fleet.acknowledged.clear();
        assertThat(fleet.free(host, 40).next()).extracting(Notification::kind).containsExactly(Kind.RESOLVED);
        assertThat(fleet.free(host, 9).untilItFires()).hasSize(1);
    }

    @Test
    void brokenChannelIsShownButNotReported() {
        var channel = new Subject("channel:1", "slack", null, null, Map.of(), "/settings/channels");
        fleet.see(new Observation(
                RuleId.CHANNEL_BROKEN,
                channel,
                new Value.Measured(Threshold.Unit.DURATION, 600),
                "The channel loses notifications.",
                List.of()));

        assertThat(fleet.next(3)).isEmpty();
        assertThat(fleet.alert(RuleId.CHANNEL_BROKEN, channel).course().state()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void quietHoursCollectWarningsIntoOneDigest() {
        fleet.quiet = true;
        var second = Evaluations.host(2);
        assertThat(fleet.free(host, 9).free(second, 9).next(30)).isEmpty();
        assertThat(fleet.free(second, 40).next(30)).isEmpty();
        fleet.quiet = false;
        var sent = fleet.next();
        assertThat(fleet.next(10)).isEmpty();

        assertThat(sent).singleElement().satisfies(digest -> {
            assertThat(digest.kind()).isEqualTo(Kind.DIGEST);
            assertThat(digest.title()).isEqualTo("2 alerts during the quiet hours");
            assertThat(digest.text()).isEqualTo("1 still fires, and 1 is resolved.");
            assertThat(digest.path()).isEqualTo("/alerts");
            assertThat(digest.facts())
                    .extracting(Fact::label)
                    .containsExactlyInAnyOrder("Disk space low: ci-1", "Disk space low: ci-2");
        });
        assertThat(fleet.free(host, 40).next()).extracting(Notification::kind).containsExactly(Kind.RESOLVED);
    }

    @Test
    void quietHoursNeverHoldCriticalAlerts() {
        fleet.quiet = true;
        fleet.free(host, 9).untilItFires();
        var critical = fleet.free(host, 3).untilItFires();
        fleet.quiet = false;

        assertThat(critical).extracting(Notification::severity).containsExactly(Severity.CRITICAL);
        assertThat(fleet.next()).isEmpty();
    }

    @Test
    void quietHoursDelayTheEndOfAWarning() {
        fleet.free(host, 9).untilItFires();
        fleet.quiet = true;
        assertThat(fleet.free(host, 40).next(10)).isEmpty();
        fleet.quiet = false;

        assertThat(fleet.next()).extracting(Notification::kind).containsExactly(Kind.RESOLVED);
    }

    @Test
    void outageOfAThousandHostsIsReportedInOneEvaluation() {
        for (int i = 1; i <= 1000; i++) {
            var each = Evaluations.host(i);
            fleet.unreachable.add(each.host());
            fleet.unreachable(each, Duration.ofMinutes(10)).free(each, 3);
        }
        var sent = fleet.next(10);

        assertThat(sent).hasSize(1000);
        assertThat(sent).extracting(Notification::at).containsOnly(Evaluations.START.plus(STEP));
        assertThat(sent)
                .extracting(Notification::labels)
                .allMatch(labels -> "host-unreachable".equals(labels.get("rule")));
    }

    private static PruneOutlook outlook(@Nullable Instant running, @Nullable Instant due, @Nullable LastRun last) {
        return new PruneOutlook(4L, "nightly", running, due, last);
    }

    private Mute.@Nullable Kind mute(RuleId rule) {
        var mute = fleet.alert(rule, host).mute();
        return mute == null ? null : mute.kind();
    }
}
