package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.RuleInput;
import dev.cachewarden.prune.plan.rule.EvictionOrder;
import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.prune.plan.rule.Measure;
import dev.cachewarden.prune.plan.rule.PruneRule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;

/**
 * A rule as typed into a form, given back as it came when something is wrong with it.
 *
 * @param filters one a line
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

    /** Records not used for so long. */
    public static RuleForm unusedFor(String age) {
        return new RuleForm(List.of(), "", age, "", "", "", "", "", false, false);
    }

    /** Every record of a type that passes the filter, which is not read here, whenever it was used. */
    static RuleForm all(RecordType type, String filter) {
        return new RuleForm(List.of(type.name()), filter, "0s", "", "", "", "", "", false, false);
    }

    /** The record with this id, whatever it is and whenever it was used. */
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

    /** @param prefix of its fields' names, such as {@code rules[0].} */
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

    /** Whether nothing was filled in; what is chosen from a list has always a value. */
    public boolean blank() {
        return types.isEmpty()
                && !includeShared
                && !includeInternal
                && Stream.of(filters, unusedFor, maxUsedSpace, minFreeSpace, reservedSpace)
                        .allMatch(String::isEmpty);
    }

    /** Whether it says something that most rules do not. */
    public boolean unusual() {
        return !filters.isEmpty()
                || includeShared
                || includeInternal
                || !(order.isEmpty() || order.equals(EvictionOrder.LEAST_RECENTLY_USED.name()))
                || measure.equals(Measure.WHOLE_CACHE.name());
    }

    /** The types to choose from: the usual ones, and whatever else the rule names already, so that saving loses none. */
    public List<String> offered() {
        return Stream.concat(USUAL_TYPES.stream(), types.stream()).distinct().toList();
    }

    public RuleInput toInput() {
        return new RuleInput(
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
