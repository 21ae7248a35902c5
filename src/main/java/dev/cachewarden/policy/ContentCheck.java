package dev.cachewarden.policy;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Space;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.PolicyView.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks of a policy that need no data about hosts. */
public final class ContentCheck {

    private static final Set<RecordType> KNOWN_TYPES = Set.of(
            RecordType.REGULAR,
            RecordType.SOURCE_LOCAL,
            RecordType.SOURCE_GIT_CHECKOUT,
            RecordType.EXEC_CACHEMOUNT,
            RecordType.FRONTEND,
            RecordType.INTERNAL);

    private final Content content;
    private final List<Warning> warnings = new ArrayList<>();

    private ContentCheck(Content content) {
        this.content = content;
    }

    public static List<Warning> of(Content content) {
        var check = new ContentCheck(content);
        check.scope();
        check.growthWithoutEnd();
        for (int i = 0; i < content.rules().size(); i++) {
            check.rule(i, content.rules().get(i));
        }
        return check.warnings;
    }

    private void add(String field, String reason, String suggestion) {
        warnings.add(new Warning(field, reason, suggestion));
    }

    private void scope() {
        if (content.scope().everyHost()) {
            add(
                    "scope",
                    "is empty: every host is meant, those added later too",
                    "Name the labels of the hosts you mean, if it is not for all.");
        }
    }

    /** Adds a warning if the rules have only ages, because a cache can then grow without bound in a busy period. */
    private void growthWithoutEnd() {
        boolean ended = content.triggers().watermark() != null
                || content.rules().stream()
                        .anyMatch(rule -> !rule.limits().none()
                                || rule.unusedFor() == null
                                || rule.unusedFor().isZero());
        if (!ended) {
            add(
                    "rules",
                    "spare by age alone, so that nothing bounds how large a cache grows in a busy time",
                    "Add a rule with maxUsedSpace, or a watermark.");
        }
    }

    private void rule(int index, PruneRule rule) {
        String at = "rules[" + index + "]";
        types(at, rule);
        String never = Coverage.neverMatches(rule.selection());
        if (never != null) {
            add(at, "can never take anything: " + never, "Change its types or filters, or leave the rule out.");
            return;
        }
        for (int before = 0; before < index; before++) {
            if (Coverage.shadows(content.rules().get(before), rule)) {
                add(
                        at,
                        "takes nothing that rule " + (before + 1) + " has not taken already",
                        "Put it before that rule, or leave it out.");
                break;
            }
        }
        space(at, rule);
    }

    private void types(String at, PruneRule rule) {
        String unknown = rule.types().stream()
                .filter(type -> !KNOWN_TYPES.contains(type))
                .map(RecordType::name)
                .sorted()
                .collect(Collectors.joining("', '"));
        if (!unknown.isEmpty()) {
            // The set of types is open, because a newer BuildKit may have more.
            add(
                    at + ".types",
                    "'" + unknown
                            + "' is no type that BuildKit is known to use; if it is misspelt the rule takes nothing of it",
                    "Compare it with the types on the page of records.");
        }
    }

    private void space(String at, PruneRule rule) {
        if (rule.order() == EvictionOrder.CHEAPEST_TO_REBUILD && rule.limits().none()) {
            add(
                    at + ".order",
                    "has no effect: without a limit all goes that the rule selects, whatever goes first",
                    "Give maxUsedSpace, minFreeSpace or reservedSpace, or leave the order out.");
        }
        if (rule.minFreeSpace() != null && rule.reservedSpace() == null) {
            add(
                    at + ".minFreeSpace",
                    "has no floor: when something else fills the disk, the whole cache goes and the disk is full all the same",
                    "Give reservedSpace as well, what builds need to stay fast.");
        }
        var watermark = content.triggers().watermark();
        if (watermark != null && below(rule, watermark)) {
            add(
                    at + ".maxUsedSpace",
                    "is less than the low watermark (" + watermark.stop() + "), so a run goes further than that",
                    "Leave the limit out: the low watermark is the limit then.");
        }
    }

    private static boolean below(PruneRule rule, Watermark watermark) {
        return watermark.of() == Watermark.Of.CACHE
                && less(rule.maxUsedSpace(), watermark.stop())
                && rule.selection().types().isEmpty()
                && rule.selection().filters().isEmpty();
    }

    private static boolean less(@Nullable Space one, Space other) {
        return one instanceof Space.Bytes bytes
                && other instanceof Space.Bytes than
                && bytes.size().compareTo(than.size()) < 0;
    }
}
