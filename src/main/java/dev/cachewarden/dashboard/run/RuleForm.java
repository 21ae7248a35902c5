package dev.cachewarden.dashboard.run;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyDocument;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;

/**
 * A rule as entered in a form. If the input is invalid, the page shows it again unchanged.
 *
 * @param filters filters, one per line
 */
public record RuleForm(
        List<String> types,
        String filters,
        String unusedFor,
        String maxUsedSpace,
        String minFreeSpace,
        String reservedSpace,
        String measure,
        String order,
        boolean includeShared,
        boolean includeInternal) {

    public static final RuleForm EMPTY = new RuleForm(List.of(), "", "", "", "", "", "", "", false, false);

    /** Returns a rule for records that were not used for the given time. */
    public static RuleForm unusedFor(String age) {
        return new RuleForm(List.of(), "", age, "", "", "", "", "", false, false);
    }

    /** Returns a rule for all records of a type that match the filter, regardless of their last use. The filter is not parsed here. */
    static RuleForm all(RecordType type, String filter) {
        return new RuleForm(List.of(type.name()), filter, "0s", "", "", "", "", "", false, false);
    }

    /** Returns a rule for the record with the given ID, regardless of its type and last use. */
    static RuleForm one(String recordId) {
        return new RuleForm(List.of(), "id==" + recordId, "0s", "", "", "", "", "", true, true);
    }

    private static final List<String> USUAL_TYPES = Stream.of(
                    RecordType.REGULAR,
                    RecordType.EXEC_CACHEMOUNT,
                    RecordType.SOURCE_LOCAL,
                    RecordType.SOURCE_GIT_CHECKOUT,
                    RecordType.FRONTEND,
                    RecordType.INTERNAL)
            .map(RecordType::name)
            .toList();

    public RuleForm {
        types = List.copyOf(types);
    }

    public static RuleForm of(PruneRule rule) {
        var selection = rule.selection();
        return new RuleForm(
                selection.types().stream().map(RecordType::name).sorted().toList(),
                selection.filters().stream().map(Filter::toString).collect(Collectors.joining("\n")),
                rule.unusedFor() == null ? "" : Durations.format(rule.unusedFor()),
                Typed.space(rule.maxUsedSpace()),
                Typed.space(rule.minFreeSpace()),
                Typed.space(rule.reservedSpace()),
                rule.measure().name(),
                rule.order().name(),
                selection.includeShared(),
                selection.includeInternal());
    }

    /**
     * Reads a rule from form fields.
     *
     * @param prefix prefix of the field names, such as {@code rules[0].}
     */
    public static RuleForm read(MultiValueMap<String, String> typed, String prefix) {
        return new RuleForm(
                typed.getOrDefault(prefix + "types", List.of()),
                Typed.text(typed, prefix + "filters"),
                Typed.text(typed, prefix + "unusedFor"),
                Typed.text(typed, prefix + "maxUsedSpace"),
                Typed.text(typed, prefix + "minFreeSpace"),
                Typed.text(typed, prefix + "reservedSpace"),
                Typed.text(typed, prefix + "measure"),
                Typed.text(typed, prefix + "order"),
                typed.containsKey(prefix + "includeShared"),
                typed.containsKey(prefix + "includeInternal"));
    }

    /** Returns whether no field was filled in, except the selection lists, which always have a value. */
    public boolean blank() {
        return types.isEmpty()
                && !includeShared
                && !includeInternal
                && Stream.of(filters, unusedFor, maxUsedSpace, minFreeSpace, reservedSpace)
                        .allMatch(String::isEmpty);
    }

    /** Returns whether the rule uses settings that most rules do not have. */
    public boolean unusual() {
        return !filters.isEmpty()
                || includeShared
                || includeInternal
                || !(order.isEmpty() || order.equals(EvictionOrder.LEAST_RECENTLY_USED.name()))
                || measure.equals(Measure.WHOLE_CACHE.name());
    }

    /** Returns the types to choose from: the usual ones, and all other types of the rule, so that saving it loses none. */
    public List<String> offered() {
        return Stream.concat(USUAL_TYPES.stream(), types.stream()).distinct().toList();
    }

    public PolicyDocument.Rule toInput() {
        return new PolicyDocument.Rule(
                types,
                filters.lines().filter(line -> !line.isBlank()).toList(),
                unusedFor,
                maxUsedSpace,
                minFreeSpace,
                reservedSpace,
                measure,
                order,
                includeShared,
                includeInternal);
    }
}
