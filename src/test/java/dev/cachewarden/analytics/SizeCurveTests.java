package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeCurveTests {

    private static final long MEBI = 1 << 20;
    private static final long[] SIZES = {0, 1, 7, 20, 50, 90, 150, 300, 800, 3_000, 20_000, 100_000};

    @ParameterizedTest
    @CsvSource(textBlock = """
            # seed, all of one size, most uses of a build
            1, true,   1
            2, true,   3
            3, true,  30
            4, false,  1
            5, false,  2
            6, false, 10
            7, false, 60
            8, false, 300
            """)
    void isExactlyWhatACacheDoesThatIsCutBackToThatSizeAfterEachBuild(long seed, boolean sameSize, int most) {
        var trace = Traces.skewed(seed, 5_000, 400, sameSize);
        var ends = Traces.ends(trace, most);
        var curve = read(SizeReading.of(trace, ends));
        for (long size : SIZES) {
            var replay = Replay.of(trace, ends, size * MEBI);
            var point = curve.at(new ByteSize(size * MEBI));
            assertThat(point.hitRate()).as("%d MiB", size).isEqualTo(replay.hitRate());
            assertThat(point.rebuildADay()).as("%d MiB", size).isEqualTo(replay.rebuildADay());
        }
    }

    @Test
    void aCacheOfNoSizeHasWhatTheSameBuildUsedBefore() {
        var trace = Traces.skewed(9, 5_000, 400, true);

        assertThat(read(SizeReading.of(trace, Traces.each(trace)))
                        .at(ByteSize.ZERO)
                        .hitRate())
                .isZero();
        assertThat(read(SizeReading.of(trace, Traces.ends(trace, 100)))
                        .at(ByteSize.ZERO)
                        .hitRate())
                .isBetween(0.1, 0.9);
    }

    /** Of a build that does not fit what stands upon nothing stays: what stands upon it goes before. */
    @Test
    void whatABuildUsedLastGoesFirst() {
        List<RecordUse> trace = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            trace.add(Traces.use(i % 50, MEBI, 60, Traces.at(i / 50, 20)));
        }
        var curve = read(trace);

        assertThat(curve.at(new ByteSize(10 * MEBI)).hitRate()).isEqualTo(10 / 50.0 * 0.95, within(1e-9));
        assertThat(curve.at(new ByteSize(50 * MEBI)).hitRate()).isEqualTo(0.95);
    }

    /** From a fiftieth of all on: one in ten of the contents tells little of caches that hold but the few most used. */
    @Test
    void ofASampleIsWithinThreePoints() {
        var trace = Traces.skewed(21, 400_000, 20_000, false);
        var ends = Traces.ends(trace, 20);
        var whole = read(SizeReading.of(trace, ends));
        var sampled = read(SizeReading.of(trace, ends, 40_000));

        assertThat(sampled.share()).isEqualTo(0.1, within(0.001));
        assertThat(sampled.uses()).isEqualTo(400_000);
        for (long gibi : new long[] {100, 200, 300, 500, 1_000, 2_000, 4_000}) {
            var size = new ByteSize(gibi << 30);
            assertThat(sampled.at(size).hitRate())
                    .as("%d GiB", gibi)
                    .isCloseTo(whole.at(size).hitRate(), within(0.03));
        }
    }

    @Test
    void endsWhereALargerCacheMakesNoDifference() {
        var curve = read(Traces.skewed(31, 5_000, 400, false));
        var points = curve.points();

        assertThat(points).hasSize(101);
        assertThat(points.getFirst().hitRate()).isZero();
        assertThat(points.getLast().size()).isEqualTo(curve.enough());
        assertThat(points.getLast().rebuildADay()).isZero();
        assertThat(points.getLast().hitRate()).isEqualTo(1 - 400.0 / 5_000, within(0.01));
        assertThat(points).extracting(SizeCurve.Point::hitRate).isSorted();
        assertThat(points).extracting(SizeCurve.Point::rebuildADay).isSortedAccordingTo(Collections.reverseOrder());
    }

    /** Twenty contents go round in a circle of 20 MiB; two hundred more come up once in a while. */
    @Test
    void theKneeIsWhereTheWorkingSetFits() {
        List<RecordUse> trace = new ArrayList<>();
        var random = new Random(41);
        for (int i = 0; i < 8_000; i++) {
            int content = i % 40 == 0 ? 100 + random.nextInt(200) : i % 20;
            trace.add(Traces.use(content, MEBI, 60, Traces.at(i, 8_000)));
        }
        var knee = read(trace).knee().orElseThrow();

        assertThat(knee.size().bytes()).isBetween(20 * MEBI, 23 * MEBI);
        assertThat(knee.hitRate()).isGreaterThan(0.95);
    }

    /** A knee there would tell people to keep what loses nearly every hit. */
    @Test
    void aFewTimesOfRebuildsDoNotMakeTheKnee() {
        List<RecordUse> trace = new ArrayList<>();
        var random = new Random(41);
        for (int i = 0; i < 8_000; i++) {
            int content = i % 40 == 0 ? 100 + random.nextInt(200) : i % 20;
            var use = Traces.use(content, MEBI, 60, Traces.at(i, 8_000));
            trace.add(new RecordUse(use.content(), use.size(), use.at(), null));
            if (i % 40 == 0) {
                // Made, used once more at once, and never again.
                trace.add(Traces.use(1_000 + i, MEBI, 60, use.at().plusMillis(1)));
                trace.add(Traces.use(1_000 + i, MEBI, 60, use.at().plusMillis(2)));
            }
        }
        var curve = read(trace);

        assertThat(curve.rebuildsKnown()).isLessThan(0.5);
        assertThat(curve.knee().orElseThrow().size().bytes()).isBetween(20 * MEBI, 25 * MEBI);
    }

    /** In one large circle a cache has nothing until it has all. */
    @Test
    void aCurveThatDoesNotBendHasNoKnee() {
        List<RecordUse> trace = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            trace.add(Traces.use(i % 50, MEBI, 60, Traces.at(i, 1_000)));
        }
        assertThat(read(trace).knee()).isEmpty();
        assertThat(read(trace).at(new ByteSize(49 * MEBI)).hitRate()).isZero();
        assertThat(read(trace).at(new ByteSize(50 * MEBI)).hitRate()).isEqualTo(0.95);
    }

    @Test
    void theOrderInWhichUsesAreGivenDoesNotMatter() {
        var trace = Traces.skewed(51, 2_000, 100, false);
        var shuffled = new ArrayList<>(trace);
        Collections.shuffle(shuffled, new Random(1));
        assertThat(read(shuffled).points()).isEqualTo(read(trace).points());
    }

    @Test
    void absurdSizesDoNotOverflow() {
        List<RecordUse> trace = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            trace.add(Traces.use(i % 50, Long.MAX_VALUE, 60, Traces.at(i, 1_000)));
        }
        assertThat(read(trace).points()).extracting(SizeCurve.Point::hitRate).isSorted();
    }

    @Test
    void refusesWhatIsTooThin() {
        assertThat(reading(List.of()))
                .isEqualTo(new SizeReading.InsufficientData("No uses of cache records are known."));
        assertThat(reading(Traces.skewed(1, 200, 25, true))).isInstanceOf(SizeReading.Read.class);
        assertThat(reading(Traces.skewed(1, 200, 15, true)))
                .isEqualTo(new SizeReading.InsufficientData(
                        "15 records were used and reused 185 times. The minimums are 20 records and 100 reuses."));
        var brief = Traces.skewed(1, 2_000, 100, true).stream()
                .filter(use -> use.at().isBefore(Traces.START.plus(Duration.ofHours(50))))
                .toList();
        assertThat(((SizeReading.InsufficientData) reading(brief)).reason())
                .startsWith("Recorded uses cover only 2 d 1 h")
                .endsWith(". The minimum is 3 d.");
        var once = Traces.skewed(1, 2_000, 100, true);
        assertThat(SizeReading.of(once, List.of()))
                .isEqualTo(new SizeReading.InsufficientData("No later build reused a record."));
    }

    private static SizeReading reading(List<RecordUse> trace) {
        return SizeReading.of(trace, Traces.each(trace));
    }

    private static SizeCurve read(List<RecordUse> trace) {
        return read(reading(trace));
    }

    private static SizeCurve read(SizeReading reading) {
        return ((SizeReading.Read) reading).curve();
    }
}
