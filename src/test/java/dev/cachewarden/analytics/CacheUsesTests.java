package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cachewarden.analytics.BuildEnds.Ran;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory.RecordUse;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each project has a chain of five records of 10 bytes; every hour one of five projects is built, for ten minutes. */
class CacheUsesTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int PROJECTS = 5;
    private static final int STEPS = 5;
    private static final int BUILDS = 100;

    private final List<RecordLife> lives = new ArrayList<>();
    private final Map<String, List<RecordUse>> uses = new HashMap<>();
    private final List<Ran> builds = new ArrayList<>();

    /** Steps take two minutes each, which alone would look as if the build had ended. */
    private void build(int number) {
        var from = START.plus(Duration.ofHours(number));
        var until = from.plus(Duration.ofMinutes(10));
        int project = number % PROJECTS;
        for (int step = 0; step < STEPS; step++) {
            String id = "p" + project + "s" + step;
            if (number < PROJECTS) {
                var parents = step == 0 ? List.<String>of() : List.of("p" + project + "s" + (step - 1));
                lives.add(life(id, id, parents, from.plusSeconds(120L * step)));
            }
            // The last step is let go of first.
            var usedAt = until.plusMillis(10 - step);
            uses.computeIfAbsent(id, any -> new ArrayList<>())
                    .add(new RecordUse(until.plusSeconds(30), usedAt, 1 + number / PROJECTS));
        }
        builds.add(new Ran(from, until));
    }

    private static RecordLife life(String id, String description, List<String> parents, Instant made) {
        var record = new CacheRecord(
                id, RecordType.REGULAR, parents, description, false, false, null, new ByteSize(10), made, null, 0);
        return new RecordLife(new BuilderId(1), record, made, made, null, null, null);
    }

    private SizeCurve curve(List<Ran> known, Map<String, Duration> rebuild) {
        var past = new Past(lives, uses);
        return ((SizeReading.Read) CacheUses.reading(past, START.minusSeconds(60), rebuild, known)).curve();
    }

    private void buildAll() {
        for (int i = 0; i < BUILDS; i++) {
            build(i);
        }
    }

    @Test
    void aBuildThatMakesARecordAlsoLetsGoOfItAndThatIsNoHit() {
        buildAll();

        var curve = curve(builds, Map.of());

        assertThat(curve.uses()).isEqualTo(BUILDS * STEPS);
        assertThat(curve.at(curve.enough()).hitRate()).isEqualTo(0.95, within(1e-9));
    }

    @Test
    void hitsRequireSpaceForUsesBetweenAndParents() {
        buildAll();

        var curve = curve(builds, Map.of());

        assertThat(curve.enough()).isEqualTo(new ByteSize(10 * PROJECTS * STEPS));
        assertThat(curve.at(new ByteSize(10 * (PROJECTS - 1) * STEPS)).hitRate())
                .isZero();
        // Of the five of a build those that others stand upon go last.
        assertThat(curve.at(new ByteSize(10 * (PROJECTS - 1) * STEPS + 20)).hitRate())
                .isEqualTo(0.95 * 2 / STEPS, within(1e-9));
    }

    @Test
    void inferredBuildsEndAtIdleTimes() {
        buildAll();

        var curve = curve(List.of(), Map.of());

        assertThat(curve.uses()).isEqualTo(BUILDS * STEPS);
        assertThat(curve.at(new ByteSize(10 * (PROJECTS - 1) * STEPS + 20)).hitRate())
                .isEqualTo(0.95 * 2 / STEPS, within(1e-9));
    }

    @Test
    void aRecordThatWasDeletedAndMadeAgainIsUsedAgain() {
        buildAll();
        var lost = lives.removeFirst();
        lives.add(new RecordLife(
                lost.builder(), lost.record(), lost.firstSeenAt(), START, START.plusSeconds(900), null, null));
        lives.add(life("again", "p0s0", List.of(), START.plus(Duration.ofHours(BUILDS))));

        var curve = curve(builds, Map.of("again", Duration.ofMinutes(5)));

        assertThat(curve.uses()).isEqualTo(BUILDS * STEPS + 1);
        assertThat(curve.at(curve.enough()).hitRate())
                .isEqualTo((BUILDS * STEPS * 0.95 + 1) / (BUILDS * STEPS + 1), within(1e-9));
        assertThat(curve.at(curve.enough()).leastHitRate())
                .isEqualTo(BUILDS * STEPS * 0.95 / (BUILDS * STEPS + 1), within(1e-9));
        assertThat(curve.at(ByteSize.ZERO).rebuildADay()).isPositive();
    }
}
