package dev.cachewarden.alert.store;

import static dev.cachewarden.alert.store.AlertStage.free;
import static dev.cachewarden.alert.store.AlertStage.unreachable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertEvaluatorTests {

    private static final Duration STEP = Duration.ofMinutes(2);

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final AlertStage stage = new AlertStage(database);

    @BeforeEach
    void clear() {
        database.clear();
        stage.addHosts(1, 3);
    }

    private void evaluate(int times) {
        var replica = stage.replica();
        for (int i = 0; i < times; i++) {
            stage.clock.pass(STEP);
            assertThat(replica.evaluate(stage.clock.instant())).isTrue();
        }
    }

    @Test
    void alertIsStoredFromItsStartToItsEnd() {
        stage.observed = List.of(free(1, 9), free(2, 80));
        evaluate(1);
        assertThat(stage.alerts.current()).singleElement().satisfies(alert -> {
            assertThat(alert.course().state()).isEqualTo(AlertState.PENDING);
            assertThat(alert.course().since()).isEqualTo(stage.clock.instant());
        });
        evaluate(5);
        assertThat(stage.alerts.current()).singleElement().satisfies(alert -> {
            assertThat(alert.course().state()).isEqualTo(AlertState.FIRING);
            assertThat(alert.reported().at()).isEqualTo(stage.clock.instant());
            assertThat(alert.subject()).isEqualTo(AlertStage.host(1));
        });
        var firing = stage.alerts.current().getFirst();
        assertThat(stage.alerts.get(firing.id())).isEqualTo(firing);

        stage.observed = List.of(free(1, 80));
        evaluate(1);
        assertThat(stage.alerts.current()).isEmpty();
        assertThat(stage.alerts.get(firing.id()).course().state()).isEqualTo(AlertState.RESOLVED);
        assertThat(stage.sent).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED);
    }

    @Test
    void alertThatFiresWithinAnHourIsTheSameOneAndLaterANewOne() {
        stage.observed = List.of(unreachable(1, Duration.ofMinutes(10)));
        evaluate(1);
        var id = stage.alerts.current().getFirst().id();
        stage.observed = List.of(unreachable(1, Duration.ZERO));
        evaluate(1);
        stage.observed = List.of(unreachable(1, Duration.ofMinutes(10)));
        evaluate(1);
        assertThat(stage.alerts.current()).extracting(Alert::id).containsExactly(id);
        assertThat(stage.alerts.get(id).course().reopened()).isOne();

        stage.observed = List.of(unreachable(1, Duration.ZERO));
        evaluate(1);
        stage.clock.pass(Duration.ofHours(1));
        evaluate(1);
        stage.observed = List.of(unreachable(1, Duration.ofMinutes(10)));
        evaluate(1);
        assertThat(stage.alerts.current()).extracting(Alert::id).doesNotContain(id);
        assertThat(all()).hasSize(2);
    }

    @Test
    void removedHostTakesItsAlertsAlong() {
        stage.observed = List.of(free(1, 9), free(2, 9));
        evaluate(6);
        database.jdbc().update("delete from host where id = 1");
        stage.observed = List.of(free(2, 9));
        evaluate(1);

        assertThat(all()).extracting(alert -> alert.subject().name()).containsExactly("ci-2");
        assertThat(stage.sent).hasSize(2);
    }

    @Test
    void failureWhileStoringNotificationsLosesNothing() {
        stage.observed = List.of(unreachable(1, Duration.ofMinutes(10)));
        var broken = stage.replica(notifications -> {
            throw new IllegalStateException("killed");
        });
        stage.clock.pass(STEP);
        assertThatThrownBy(() -> broken.evaluate(stage.clock.instant())).hasMessage("killed");
        assertThat(all()).isEmpty();

        evaluate(3);
        assertThat(stage.sent).hasSize(1);
    }

    @Test
    void secondReplicaEvaluatesNothingAMomentLater() {
        stage.observed = List.of(unreachable(1, Duration.ofMinutes(10)));
        assertThat(stage.replica().evaluate(stage.clock.instant())).isTrue();
        stage.clock.pass(Duration.ofSeconds(1));
        assertThat(stage.replica().evaluate(stage.clock.instant())).isFalse();
        stage.clock.pass(Duration.ofHours(-2));

        assertThat(stage.replica().evaluate(stage.clock.instant())).isTrue();
    }

    @Test
    void replicasThatEvaluateAtTheSameTimeChangeEachStateOnce() throws Exception {
        stage.observed = LongStream.rangeClosed(1, 3)
                .mapToObj(host -> unreachable(host, Duration.ofMinutes(10)))
                .toList();
        for (int round = 0; round < 10; round++) {
            stage.clock.pass(Duration.ofSeconds(30));
            var now = stage.clock.instant();
            var start = new CountDownLatch(1);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var done = new ArrayList<Future<Boolean>>();
                for (int i = 0; i < 4; i++) {
                    var replica = stage.replica();
                    done.add(threads.submit(() -> {
                        start.await();
                        return replica.evaluate(now);
                    }));
                }
                start.countDown();
                int evaluated = 0;
                for (var each : done) {
                    evaluated += each.get() ? 1 : 0;
                }
                assertThat(evaluated).isOne();
            }
        }

        assertThat(stage.sent).hasSize(3);
        assertThat(all()).hasSize(3);
    }

    @Test
    void outageOfAThousandHostsIsPassedOnAtOnce() {
        stage.addHosts(4, 1000);
        var outage = new ArrayList<Observation>();
        for (long i = 1; i <= 1000; i++) {
            outage.add(unreachable(i, Duration.ofMinutes(10)));
        }
        stage.observed = outage;
        var calls = new ArrayList<Integer>();
        var replica = stage.replica(notifications -> calls.add(notifications.size()));
        for (int i = 0; i < 3; i++) {
            stage.clock.pass(STEP);
            replica.evaluate(stage.clock.instant());
        }

        assertThat(calls).containsExactly(1000);
        assertThat(stage.alerts.current()).hasSize(1000);
    }

    @Test
    void changedRuleAppliesFromTheNextEvaluation() {
        stage.observed = List.of(free(1, 9));
        evaluate(6);
        stage.rules.change(RuleId.DISK_FREE, new RuleDocument(false, null, null, null, null, null), "ann");
        evaluate(1);

        assertThat(stage.sent).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED);
    }

    @Test
    void acknowledgementSurvivesEvaluationsAndEndsWithTheAlert() {
        stage.observed = List.of(free(1, 9));
        evaluate(6);
        var id = stage.alerts.current().getFirst().id();
        assertThat(stage.alerts.acknowledge(id, "ann").acknowledged())
                .isEqualTo(new Alert.Acknowledged("ann", stage.clock.instant()));
        evaluate(2);
        assertThat(stage.alerts.get(id).acknowledged()).isNotNull();
        assertThatThrownBy(() -> stage.alerts.acknowledge(id, "bob"))
                .hasMessage("ann already acknowledged alert " + id + ".");

        stage.observed = List.of(free(1, 80));
        evaluate(1);
        assertThat(stage.alerts.get(id).acknowledged()).isNull();
        assertThatThrownBy(() -> stage.alerts.acknowledge(id, "bob"))
                .hasMessage("Alert " + id + " is not firing, so it cannot be acknowledged.");
        assertThatThrownBy(() -> stage.alerts.acknowledge(999, "bob")).hasMessage("There is no alert 999.");
    }

    private List<Alert> all() {
        return stage.alerts
                .list(new Alerts.Filter(List.of(), null, null), null, 1000)
                .items();
    }
}
