package dev.cachewarden.planner;

import static dev.cachewarden.buildcache.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan takes a record only if an order to prune can name it. */
class NamedRecordsTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    static List<String> usableIds() {
        return List.of("a", "0", "y1dkm9s2x7w4w0m6j8v1c5e3z", "a".repeat(128));
    }

    @ParameterizedTest
    @MethodSource("usableIds")
    void recordsWithIdsOfBuildKitArePlannedAndCanBeOrdered(String id) {
        var plan = plan(aRecord(id).build());

        assertThat(plan.deletions())
                .extracting(deletion -> deletion.record().id())
                .containsExactly(id);
        assertThat(order(plan).recordIds()).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ABC",
                "abc,type==regular",
                ".*",
                "abc def",
                "abc\n",
                "sha256:abc",
                "ä",
                "\u0661",
                "a-b",
                "a_b",
                "a\u0000"
            })
    void otherRecordsAreShownAndNeverPlanned(String id) {
        var plan = plan(aRecord(id).build());

        assertThat(plan.deletions()).isEmpty();
        assertThat(plan.kept()).extracting(kept -> kept.reason().code()).containsExactly("UNUSABLE_ID");
        assertThatIllegalArgumentException().isThrownBy(() -> order(List.of(id)));
    }

    @Test
    void anIdThatIsTooLongIsNeverPlanned() {
        String id = "a".repeat(129);

        assertThat(plan(aRecord(id).build()).deletions()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> order(List.of(id)));
    }

    private static PruneProposal plan(CacheRecord record) {
        return PrunePlanner.propose(
                List.of(record), List.of(PruneRule.unusedFor(Duration.ZERO)), LimitPerRun.ofShare(100), NOW);
    }

    private static PruneOrder order(PruneProposal plan) {
        return order(plan.deletions().stream()
                .map(deletion -> deletion.record().id())
                .toList());
    }

    private static PruneOrder order(List<String> ids) {
        return new PruneOrder(
                new HostConnection("bk-1", HostKind.BUILDKITD, new HostAddress.Tcp("127.0.0.1", 1)),
                CAPABILITIES,
                "engine",
                ids);
    }

    private static final HostCapabilities CAPABILITIES = new HostCapabilities(
            NOW,
            "engine",
            null,
            null,
            null,
            HostCapabilities.BuildKitUse.DEFAULT,
            HostCapabilities.ControlAccess.DIRECT,
            null,
            null,
            false,
            null,
            List.of(),
            List.of());
}
