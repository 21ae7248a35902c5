package dev.cachewarden.policy.web;

import dev.cachewarden.policy.RuleInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule in a request. A size is a text ({@code "20GB"}, {@code "15%"} of the disk), or a number in the field with the suffix
 * {@code Bytes}, as in responses.
 *
 * @param types all types except internal and frontend if absent or empty
 * @param filters a record must match all of them: {@code id}, {@code type}, {@code description}, {@code mountTarget} or {@code mountId},
 *     compared by {@code ==}, {@code !=}, {@code ~=} or {@code !~=} (RE2)
 * @param unusedFor {@code PT48H} or {@code 48h}
 * @param measure the records that limits count; SELECTION if absent
 * @param order LEAST_RECENTLY_USED if absent
 */
public record RuleRequest(
        @Nullable List<@Nullable String> types,

        @Schema(example = "[\"description~=npm ci\"]") @Nullable
        List<@Nullable String> filters,

        @Schema(example = "14d") @Nullable String unusedFor,

        @Schema(
                types = {"string", "integer"},
                example = "20GB")
        @Nullable
        Object maxUsedSpace,

        @Nullable Long maxUsedSpaceBytes,

        @Schema(
                types = {"string", "integer"},
                example = "15%")
        @Nullable
        Object minFreeSpace,

        @Nullable Long minFreeSpaceBytes,

        @Schema(
                types = {"string", "integer"},
                example = "10GiB")
        @Nullable
        Object reservedSpace,

        @Nullable Long reservedSpaceBytes,

        @Schema(allowableValues = {"SELECTION", "WHOLE_CACHE"}) @Nullable
        String measure,

        @Schema(allowableValues = {"LEAST_RECENTLY_USED", "BUILDKIT", "CHEAPEST_TO_REBUILD"}) @Nullable
        String order,

        @Nullable Boolean includeShared,
        @Nullable Boolean includeInternal) {

    RuleInput toInput(String at, RequestSizes sizes) {
        return new RuleInput(
                texts(types),
                texts(filters),
                unusedFor,
                sizes.text(at + ".maxUsedSpace", maxUsedSpace, maxUsedSpaceBytes),
                sizes.text(at + ".minFreeSpace", minFreeSpace, minFreeSpaceBytes),
                sizes.text(at + ".reservedSpace", reservedSpace, reservedSpaceBytes),
                measure,
                order,
                Boolean.TRUE.equals(includeShared),
                Boolean.TRUE.equals(includeInternal));
    }

    private static List<String> texts(@Nullable List<@Nullable String> given) {
        return given == null
                ? List.of()
                : given.stream().map(text -> text == null ? "null" : text).toList();
    }

    public static List<RuleInput> toInputs(@Nullable List<@Nullable RuleRequest> rules, RequestSizes sizes) {
        if (rules == null) {
            return List.of();
        }
        var inputs = new ArrayList<RuleInput>();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            inputs.add(rule == null ? RuleInput.NONE : rule.toInput("rules[" + i + "]", sizes));
        }
        return inputs;
    }
}
