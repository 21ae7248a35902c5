package dev.cachewarden.policy;

import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.PruneRule;
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
                    "is empty, so the policy applies to every host, including hosts added later",
                    "To limit the policy to some hosts, enter label conditions.");
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
                    "limit records only by age, so a cache can grow without limit in a busy period",
                    "Add a rule with " + Limits.USED + ", or add a watermark.");
        }
    }

    private void rule(int index, PruneRule rule) {
        String at = "rules[" + index + "]";
        types(at, rule);
        String never = Coverage.neverMatches(rule.selection());
        if (never != null) {
            add(at, "never matches a record: " + never, "Change its types or filters, or remove the rule.");
            return;
        }
        for (int before = 0; before < index; before++) {
            if (Coverage.shadows(content.rules().get(before), rule)) {
                add(
                        at,
                        "deletes no records beyond those that rule " + (before + 1) + " deletes",
                        "Move it before that rule, or remove it.");
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
                    "contains unknown record types: '" + unknown
                            + "'. If a type is misspelled, the rule does not delete its records",
                    "Compare with the types on the Records page.");
        }
    }

    private void space(String at, PruneRule rule) {
        if (rule.order() == EvictionOrder.CHEAPEST_TO_REBUILD && rule.limits().none()) {
            add(
                    at + ".order",
                    "has no effect, because a rule without a limit deletes every record that it selects",
                    "Set a limit (" + String.join(", ", Limits.NAMES) + "), or remove the order.");
        }
        if (rule.limits().minFreeSpace() != null && rule.limits().reservedSpace() == null) {
            add(
                    at + ".minFreeSpace",
                    "has no lower bound: if other data fills the disk, the rule deletes the whole cache and the disk stays full",
                    "Also set reservedSpace to the cache size that builds need to stay fast.");
        }
        var watermark = content.triggers().watermark();
        if (watermark != null && below(rule, watermark)) {
            add(
                    at + "." + Limits.USED,
                    "is less than the low watermark (" + watermark.stop()
                            + "), so a run deletes more than the watermark requires",
                    "Remove the limit. The low watermark then limits the rule.");
        }
    }

    private static boolean below(PruneRule rule, Watermark watermark) {
        return watermark.of() == Watermark.Of.CACHE
                && less(rule.limits().maxUsedSpace(), watermark.stop())
                && rule.selection().types().isEmpty()
                && rule.selection().filters().isEmpty();
    }

    private static boolean less(@Nullable Space one, Space other) {
        return one instanceof Space.Bytes bytes
                && other instanceof Space.Bytes than
                && bytes.size().compareTo(than.size()) < 0;
    }
}
