package dev.cachewarden.prune.policy;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.PruneRule;
import dev.cachewarden.rest.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is allowed in a policy, and may not be meant. */
final class PolicyWarnings {

    private static final Set<RecordType> KNOWN_TYPES = Set.of(
            RecordType.REGULAR,
            RecordType.SOURCE_LOCAL,
            RecordType.SOURCE_GIT_CHECKOUT,
            RecordType.EXEC_CACHEMOUNT,
            RecordType.FRONTEND,
            RecordType.INTERNAL);

    private PolicyWarnings() {}

    static List<FieldProblem> of(Map<String, String> scope, List<PruneRule> rules) {
        var warnings = new ArrayList<FieldProblem>();
        if (scope.isEmpty()) {
            warnings.add(new FieldProblem("scope", "is empty: every host is meant, those added later too"));
        }
        for (int i = 0; i < rules.size(); i++) {
            String unknown = rules.get(i).types().stream()
                    .filter(type -> !KNOWN_TYPES.contains(type))
                    .map(RecordType::name)
                    .sorted()
                    .collect(Collectors.joining("', '"));
            if (!unknown.isEmpty()) {
                // The set is open: a newer BuildKit may have more.
                warnings.add(
                        new FieldProblem(
                                "rules[" + i + "].types",
                                "'" + unknown
                                        + "' is no type that BuildKit is known to use; if it is misspelt the rule takes nothing of it"));
            }
        }
        return warnings;
    }
}
