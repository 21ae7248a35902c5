package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All combinations of what records are and what one or two rules ask for: each reason that is shown is true of its record. */
class KeptReasonTruthTests {

    private static final Filter WANTED = Filter.parse("description~=wanted");
    private static final Filter PIN = Filter.parse("description~=pinned");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<CacheRecord> CACHE = cache();

    static Stream<PruneRule> rules() {
        return Stream.of(Set.<RecordType>of(), Set.of(RecordType.REGULAR), Set.of(RecordType.INTERNAL))
                .flatMap(types -> IntStream.range(0, 16).mapToObj(bits -> rule(types, bits)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aReasonHoldsForItsRecord(PruneRule first) {
        check(List.of(first));
        rules().forEach(second -> check(List.of(first, second)));
    }

    private static void check(List<PruneRule> rules) {
        var proposal = PrunePlanner.propose(CACHE, null, Map.of(), rules, List.of(PIN), LimitPerRun.ofShare(100), NOW);
        assertThat(proposal.kept())
                .allSatisfy(kept -> assertThat(holds(kept.reason(), kept.record(), rules, proposal))
                        .as("%s of %s by %s", kept.reason(), kept.record(), rules)
                        .isTrue());
        assertThat(proposal.deletions())
                .allSatisfy(deletion -> assertThat(
                                selects(rules.get(deletion.reason().rule() - 1), deletion.record()))
                        .isTrue());
    }

    private static boolean holds(
            Reason.Kept reason, CacheRecord record, List<PruneRule> rules, PruneProposal proposal) {
        boolean selected = rules.stream().anyMatch(rule -> selects(rule, record));
        boolean selectedButForSharing = rules.stream().anyMatch(rule -> selectsButForSharing(rule, record));
        return switch (reason) {
            case Reason.InUse inUse -> record.inUse();
            case Reason.Pinned pinned -> pinned.pin().predicate().test(record);
            case Reason.Shared shared -> record.shared() && !selected && selectedButForSharing;
            case Reason.SparedType spared ->
                spared.type().equals(record.type())
                        && !selectedButForSharing
                        && rules.stream()
                                .anyMatch(rule -> passesFilters(rule, record)
                                        && !rule.selection().looksAt(spared.type()));
            case Reason.NotSelected none -> !selectedButForSharing;
            case Reason.UsedWithin used ->
                selects(rules.get(used.rule() - 1), record)
                        && Objects.requireNonNull(record.lastUsedAt()).isAfter(NOW.minus(used.unusedFor()));
            case Reason.HeldByChild held ->
                selects(rules.get(held.rule() - 1), record)
                        && proposal.kept().stream()
                                .anyMatch(kept -> kept.record().id().equals(held.childId())
                                        && kept.record().parents().contains(record.id()));
            case Reason.FreedTooLate late ->
                selects(rules.get(late.rule() - 1), record)
                        && proposal.deletions().stream()
                                .anyMatch(deletion -> deletion.record().id().equals(late.childId())
                                        && deletion.reason().rule() > late.rule());
            default -> false;
        };
    }

    private static boolean selects(PruneRule rule, CacheRecord record) {
        return selectsButForSharing(rule, record)
                && (!record.shared() || rule.selection().includeShared());
    }

    private static boolean selectsButForSharing(PruneRule rule, CacheRecord record) {
        return passesFilters(rule, record) && rule.selection().looksAt(record.type());
    }

    private static boolean passesFilters(PruneRule rule, CacheRecord record) {
        return rule.selection().filters().isEmpty() || record.description().contains("wanted");
    }

    private static PruneRule rule(Set<RecordType> types, int bits) {
        var selection = new Selection(types, has(bits, 0) ? List.of(WANTED) : List.of(), has(bits, 1), has(bits, 2));
        return PruneRule.unusedFor(has(bits, 3) ? WEEK : Duration.ZERO).selecting(selection);
    }

    /** Each with and without a child that is young, of another description, or in use. */
    private static List<CacheRecord> cache() {
        var cache = new ArrayList<CacheRecord>();
        for (int bits = 0; bits < 64; bits++) {
            for (var child : List.of("", "young wanted", "old wanted", "old")) {
                String id = "r" + cache.size();
                var record = aRecord(id)
                        .type(has(bits, 0) ? RecordType.INTERNAL : RecordType.REGULAR)
                        .described((has(bits, 1) ? "wanted " : "") + (has(bits, 2) ? "pinned " : "") + "step")
                        .usedDaysAgo(has(bits, 3) ? 1 : 30);
                record = has(bits, 4) ? record.shared() : record;
                record = has(bits, 5) ? record.inUse() : record;
                cache.add(record.record());
                if (!child.isEmpty()) {
                    cache.add(aRecord("c" + cache.size())
                            .on(id)
                            .described(child)
                            .usedDaysAgo(child.startsWith("young") ? 1 : 30)
                            .record());
                }
            }
        }
        return cache;
    }

    private static boolean has(int bits, int bit) {
        return (bits >> bit & 1) == 1;
    }
}
