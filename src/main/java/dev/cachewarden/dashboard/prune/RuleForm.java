package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.RuleInput;
import dev.cachewarden.prune.plan.PruneRule;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;

/** A rule as typed into a form, given back as it came when something is wrong with it. */
record RuleForm(List<String> types, String unusedFor, String maxUsedSpace, String reservedSpace) {

    static final RuleForm EMPTY = new RuleForm(List.of(), "", "", "");

    private static final List<String> USUAL_TYPES = Stream.of(
                    RecordType.REGULAR,
                    RecordType.EXEC_CACHEMOUNT,
                    RecordType.SOURCE_LOCAL,
                    RecordType.SOURCE_GIT_CHECKOUT,
                    RecordType.FRONTEND,
                    RecordType.INTERNAL)
            .map(RecordType::name)
            .toList();

    RuleForm {
        types = List.copyOf(types);
    }

    static RuleForm of(PruneRule rule) {
        return new RuleForm(
                rule.types().stream().map(RecordType::name).sorted().toList(),
                rule.unusedFor() == null ? "" : Durations.format(rule.unusedFor()),
                Typed.size(rule.maxUsedSpace()),
                Typed.size(rule.reservedSpace()));
    }

    /** @param prefix of its fields' names, such as {@code rules[0].} */
    static RuleForm read(MultiValueMap<String, String> typed, String prefix) {
        return new RuleForm(
                typed.getOrDefault(prefix + "types", List.of()),
                Typed.text(typed, prefix + "unusedFor"),
                Typed.text(typed, prefix + "maxUsedSpace"),
                Typed.text(typed, prefix + "reservedSpace"));
    }

    /** Whether nothing was filled in. */
    public boolean blank() {
        return types.isEmpty() && unusedFor.isEmpty() && maxUsedSpace.isEmpty() && reservedSpace.isEmpty();
    }

    /** The types to choose from: the usual ones, and whatever else the rule names already, so that saving loses none. */
    public List<String> offered() {
        return Stream.concat(USUAL_TYPES.stream(), types.stream()).distinct().toList();
    }

    RuleInput toInput() {
        return new RuleInput(types, unusedFor, maxUsedSpace, reservedSpace);
    }
}
