package dev.cachewarden.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedFleetTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void enginesAreOfMixedGenerationsWithNamesAndAddressesOfTheirOwn() {
        try (var fleet = fleet(12, 50, 1)) {
            assertThat(fleet.members())
                    .extracting(SimulatedMember::name)
                    .doesNotHaveDuplicates()
                    .hasSize(12);
            assertThat(fleet.addresses()).doesNotHaveDuplicates().hasSize(12);
            assertThat(fleet.members())
                    .extracting(member -> member.engine().generation())
                    .contains(
                            EngineGeneration.ENGINE_20_10,
                            EngineGeneration.ENGINE_26_1,
                            EngineGeneration.ENGINE_28_5,
                            EngineGeneration.ENGINE_29_7);
            assertThat(fleet.members())
                    .extracting(member -> member.engine().id())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void createsRealisticCaches() {
        try (var fleet = fleet(2, 400, 1)) {
            var records = views(fleet, 0);
            assertThat(records).hasSizeBetween(400, 440);
            assertThat(records)
                    .extracting(RecordView::type)
                    .contains(
                            "regular",
                            "source.local",
                            "exec.cachemount",
                            "frontend",
                            "internal",
                            "source.git.checkout");
            assertThat(records).anyMatch(RecordView::shared).anyMatch(record -> record.usageCount() > 5);
            assertThat(records).extracting(RecordView::description).anyMatch(text -> text.startsWith("[build 2/"));
            assertThat(records).allMatch(record -> !record.createdAt().isAfter(NOW));
            assertThat(records).anyMatch(record -> record.createdAt().isBefore(NOW.minus(Duration.ofDays(20))));
            assertThat(records.stream().mapToLong(RecordView::size).sum())
                    .isBetween(10_000_000_000L, 2_000_000_000_000L);
        }
    }

    @Test
    void sameSeedGivesSameFleet() {
        try (var one = fleet(3, 200, 5);
                var other = fleet(3, 200, 5);
                var third = fleet(3, 200, 6)) {
            for (int i = 0; i < 3; i++) {
                assertThat(views(one, i)).containsExactlyInAnyOrderElementsOf(views(other, i));
                assertThat(views(one, i)).doesNotContainAnyElementsOf(views(third, i));
            }
        }
    }

    @Test
    void ticksBuildAndUse() {
        try (var fleet = fleet(4, 100, 2)) {
            int before = size(fleet);
            fleet.tick(Duration.ofHours(8));
            assertThat(size(fleet)).isGreaterThan(before);
            assertThat(views(fleet, 0)).anyMatch(record -> NOW.equals(record.lastUsedAt()));
        }
    }

    @Test
    void enginesThatCollectStayUnderTheirLimit() {
        try (var fleet = fleet(2, 100, 3)) {
            fleet.tick(Duration.ofDays(30));
            var collecting = fleet.members().getFirst().engine();
            assertThat(collecting.generation()).isEqualTo(EngineGeneration.ENGINE_28_5);
            assertThat(views(fleet, 0).stream()
                            .filter(record -> !record.shared())
                            .mapToLong(RecordView::size)
                            .sum())
                    .isLessThan(202_000_000_000L);
        }
    }

    private static SimulatedFleet fleet(int engines, int records, long seed) {
        return SimulatedFleet.start(engines, records, seed, () -> NOW);
    }

    private static int size(SimulatedFleet fleet) {
        return fleet.members().stream()
                .mapToInt(member -> member.engine().cache().size())
                .sum();
    }

    private static List<RecordView> views(SimulatedFleet fleet, int member) {
        return fleet.members().get(member).engine().cache().views();
    }
}
