package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.preview.MountGroups.Origin;
import dev.cachewarden.planner.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptMountsTests {

    private static final BuilderId ONE = new BuilderId(1);
    private static final BuilderId TWO = new BuilderId(2);
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private final KeptMounts kept = new KeptMounts(1_000);

    /** Record by record, the largest first, as they come from the store. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void comeToWhatTheirRecordsComeTo(long seed) {
        var random = new Random(seed);
        var origins = new HashMap<BuilderId, Origin>();
        var all = new ArrayList<Map.Entry<Origin, CacheRecord>>();
        var last = new HashMap<BuilderId, Reading>();
        for (long builder = 1; builder <= 4; builder++) {
            var origin = MountGroupsTests.origin(
                    builder,
                    "ci-" + builder,
                    pin(3, "mountTarget==/root/.npm"),
                    pin(2, "description~=exec pip"),
                    pin(1, "mountId==shared"),
                    pin(4, "type==exec.cachemount"));
            origins.put(origin.builder(), origin);
            var records = randomRecords(random);
            kept.on(new RecordsRead(origin.builder(), NOW, new UUID(seed, builder), records));
            last.put(origin.builder(), new Reading(NOW, new UUID(seed, builder)));
            records.stream()
                    .filter(record -> record.type().equals(RecordType.EXEC_CACHEMOUNT))
                    .forEach(record -> all.add(Map.entry(origin, record)));
        }
        all.sort(Comparator.comparing(entry -> entry.getValue().size(), Comparator.reverseOrder()));
        for (var text : List.of("", "npm", "ci-2 pip", "CI-3", "nothing")) {
            var fromRecords = new MountGroups(text, 1_000);
            all.forEach(entry -> fromRecords.add(entry.getKey(), entry.getValue()));
            var fromSums = new MountGroups(text, 1_000);
            kept.of(last, origins.keySet())
                    .orElseThrow()
                    .forEach((builder, sums) -> sums.forEach(
                            sum -> fromSums.add(Objects.requireNonNull(origins.get(builder)), sum.like(), sum.use())));

            assertThat(fromSums.largestFirst()).as(text).isEqualTo(fromRecords.largestFirst());
            assertThat(fromSums.unnamed()).isEqualTo(fromRecords.unnamed());
            assertThat(fromSums.further()).isEqualTo(fromRecords.further());
        }
    }

    private static MountPin pin(long policy, String filter) {
        return new MountPin(policy, "policy-" + policy, Filter.parse(filter));
    }

    private static List<CacheRecord> randomRecords(Random random) {
        var records = new ArrayList<CacheRecord>();
        var descriptions = List.of(
                "cached mount /root/.npm from exec npm ci",
                "cached mount /root/.npm from exec npm test",
                "cached mount /a from exec pip install with id \"shared\"",
                "cached mount /b from exec pip install with id \"shared\"",
                "made by something else",
                "");
        for (int i = 0; i < 40; i++) {
            var record = aRecord("r" + i)
                    .type(random.nextInt(5) == 0 ? RecordType.REGULAR : RecordType.EXEC_CACHEMOUNT)
                    .described(descriptions.get(random.nextInt(descriptions.size())))
                    .megabytes(random.nextInt(9))
                    .uses(random.nextInt(4));
            record = random.nextInt(3) == 0 ? record.neverUsed() : record.usedDaysAgo(random.nextInt(9));
            record = random.nextInt(5) == 0 ? record.inUse() : record;
            records.add((random.nextInt(4) == 0 ? record.shared() : record).record());
        }
        return records;
    }

    @Test
    void areThoseOfTheLastReadingOrNone() {
        kept.on(new RecordsRead(ONE, NOW, FIRST, List.of(mount("a"))));

        assertThat(kept.of(Map.of(ONE, new Reading(NOW.plusSeconds(60), FIRST)), Set.of(ONE)))
                .as("a later snapshot of the same records")
                .isPresent();
        assertThat(kept.of(Map.of(ONE, new Reading(NOW, SECOND)), Set.of(ONE))).isEmpty();
        assertThat(kept.of(Map.of(ONE, new Reading(NOW, null)), Set.of(ONE)))
                .as("a run deletes")
                .isEmpty();
        assertThat(kept.of(Map.of(ONE, new Reading(NOW, FIRST), TWO, new Reading(NOW, FIRST)), Set.of(ONE, TWO)))
                .as("one of two is not kept")
                .isEmpty();
        assertThat(kept.of(Map.of(ONE, new Reading(NOW, FIRST)), Set.of(ONE, TWO)))
                .as("one was never read")
                .hasValueSatisfying(sums -> assertThat(sums).containsOnlyKeys(ONE));
    }

    @Test
    void areNoMoreThanTheirBound() {
        var few = new KeptMounts(2);
        few.on(new RecordsRead(ONE, NOW, FIRST, List.of(mount("a"), mount("b"))));
        few.on(new RecordsRead(TWO, NOW, FIRST, List.of(mount("a"))));
        var last = Map.of(ONE, new Reading(NOW, FIRST), TWO, new Reading(NOW, FIRST));

        assertThat(few.of(last, Set.of(ONE))).isPresent();
        assertThat(few.of(last, Set.of(TWO))).isEmpty();

        assertThat(few.of(Map.of(TWO, new Reading(NOW, FIRST)), Set.of()))
                .as("one builder was removed")
                .isPresent();
        few.on(new RecordsRead(TWO, NOW, SECOND, List.of(mount("a"), mount("b"))));
        assertThat(few.of(Map.of(TWO, new Reading(NOW, SECOND)), Set.of(TWO))).isPresent();
    }

    private static CacheRecord mount(String target) {
        return aRecord(target)
                .type(RecordType.EXEC_CACHEMOUNT)
                .described("cached mount /" + target + " from exec make")
                .record();
    }
}
