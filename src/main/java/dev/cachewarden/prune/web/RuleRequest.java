package dev.cachewarden.prune.web;

import dev.cachewarden.prune.RuleInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule in a request. Sizes are given as written ({@code "20GB"}), or as bytes by the field that says so, as answers give them.
 *
 * @param types absent or empty: all but internal and frontend
 * @param unusedFor {@code PT48H} or {@code 48h}
 */
record RuleRequest(
        @Nullable List<@Nullable String> types,

        @Schema(example = "14d") @Nullable String unusedFor,

        @Schema(
                types = {"string", "integer"},
                example = "20GB")
        @Nullable
        Object maxUsedSpace,

        @Nullable Long maxUsedSpaceBytes,

        @Schema(
                types = {"string", "integer"},
                example = "10GiB")
        @Nullable
        Object reservedSpace,

        @Nullable Long reservedSpaceBytes) {

    RuleInput toInput(String at, RequestSizes sizes) {
        return new RuleInput(
                types == null
                        ? List.of()
                        : types.stream()
                                .map(type -> type == null ? "null" : type)
                                .toList(),
                unusedFor,
                sizes.text(at + ".maxUsedSpace", maxUsedSpace, maxUsedSpaceBytes),
                sizes.text(at + ".reservedSpace", reservedSpace, reservedSpaceBytes));
    }

    static List<RuleInput> toInputs(@Nullable List<@Nullable RuleRequest> rules, RequestSizes sizes) {
        if (rules == null) {
            return List.of();
        }
        var inputs = new ArrayList<RuleInput>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            inputs.add(
                    rule == null
                            ? new RuleInput(List.of(), null, null, null)
                            : rule.toInput("rules[" + i + "]", sizes));
        }
        return inputs;
    }
}
