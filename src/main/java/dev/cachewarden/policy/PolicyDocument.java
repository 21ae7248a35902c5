package dev.cachewarden.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.Quantity.Unit;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A policy as text, not yet validated: its only external form. REST, configuration files, the stored versions, and the form on the page use
 * it. {@link Policies#read} validates a document. Blank text counts as absent.
 *
 * @param name unique among policies
 * @param mode the name of a {@link PolicyMode}; REPORT if absent
 * @param enabled true if absent
 * @param scope conditions on labels, {@code "env=ci,team!=ml"}, or an object of labels that a host must have; every host if absent or empty
 * @param priority the enforced policy with the highest priority prunes a host; 0 if absent
 * @param rules the rules, in order
 * @param pins filters; no rule deletes a record that matches one of them
 * @param cron five fields: minute, hour, day, month, weekday; no schedule if absent
 * @param timeZone the time zone of the schedule and the window; UTC if absent
 * @param watermark no watermark if absent
 * @param window the maintenance window; any time if absent
 * @param limitPerRun the most that one run may delete; required
 * @param approveAbove a run that deletes more bytes waits for approval; no run waits if absent
 * @param guards the guards of its runs; the settings of the service apply if absent
 */
public record PolicyDocument(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "nightly") @Nullable
        String name,

        @Schema(allowableValues = {"REPORT", "ENFORCE"}) @Nullable
        String mode,

        Boolean enabled,

        @JsonDeserialize(using = ScopeReader.class)
        @Schema(
                types = {"string", "object"},
                example = "env=ci,team!=ml")
        @Nullable
        String scope,

        @Quantity(Unit.NUMBER)
        @Schema(
                types = {"integer", "string"},
                example = "0")
        @Nullable
        String priority,

        List<Rule> rules,
        List<String> pins,
        @Schema(example = "30 3 * * *") @Nullable String cron,
        @Schema(example = "Europe/Berlin") @Nullable String timeZone,
        @Nullable Watermark watermark,
        Boolean afterBuilds,
        @Schema(example = "22:00-06:00") @Nullable String window,
        LimitPerRun limitPerRun,

        @Quantity(Unit.BYTES)
        @Schema(
                types = {"string", "integer"},
                example = "100GB")
        @Nullable
        String approveAbove,

        Guards guards) {

    // A document that a client sends may lack each component.
    public PolicyDocument {
        enabled = enabled == null || enabled;
        rules = rules == null ? List.of() : List.copyOf(rules);
        pins = pins == null ? List.of() : List.copyOf(pins);
        afterBuilds = afterBuilds != null && afterBuilds;
        limitPerRun = limitPerRun == null ? LimitPerRun.NONE : limitPerRun;
        guards = guards == null ? Guards.NONE : guards;
    }

    /** Returns the document of a valid policy. */
    public static PolicyDocument of(Content policy) {
        var triggers = policy.triggers();
        return new PolicyDocument(
                policy.name(),
                policy.mode().name(),
                policy.enabled(),
                policy.scope().toString(),
                Integer.toString(policy.priority()),
                policy.rules().stream().map(Rule::of).toList(),
                texts(policy.pins()),
                triggers.cron(),
                triggers.timeZone().getId(),
                triggers.watermark() == null ? null : Watermark.of(triggers.watermark()),
                triggers.afterBuilds(),
                text(triggers.window()),
                LimitPerRun.of(policy.limitPerRun()),
                text(policy.approveAbove()),
                Guards.of(policy.guards()));
    }

    /** Returns a disabled copy of this policy. */
    public PolicyDocument disabled() {
        return with(name, mode, false);
    }

    /** Returns a copy with another name. */
    public PolicyDocument named(String other) {
        return with(other, mode, enabled);
    }

    /** Returns a copy in enforce mode. */
    public PolicyDocument enforcing() {
        return with(name, PolicyMode.ENFORCE.name(), enabled);
    }

    private PolicyDocument with(@Nullable String newName, @Nullable String newMode, boolean nowEnabled) {
        return new PolicyDocument(
                newName,
                newMode,
                nowEnabled,
                scope,
                priority,
                rules,
                pins,
                cron,
                timeZone,
                watermark,
                afterBuilds,
                window,
                limitPerRun,
                approveAbove,
                guards);
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Space space -> space.written();
            case ByteSize size -> Long.toString(size.bytes());
            default -> value.toString();
        };
    }

    private static List<String> texts(List<Filter> filters) {
        return filters.stream().map(Filter::toString).toList();
    }

    /**
     * A rule. Each space is a size ({@code "20GB"}, or whole bytes), or a share of the disk ({@code "15%"}).
     *
     * @param types all types except internal and frontend if absent or empty
     * @param filters a record must match all of them: {@code id}, {@code type}, {@code description}, {@code mountTarget} or
     *     {@code mountId}, compared by {@code ==}, {@code !=}, {@code ~=} or {@code !~=} (RE2)
     * @param unusedFor {@code PT48H} or {@code 48h}
     * @param measure the records that limits count; SELECTION if absent
     * @param order LEAST_RECENTLY_USED if absent
     */
    public record Rule(
            List<String> types,
            @Schema(example = "[\"description~=npm ci\"]") List<String> filters,

            @Quantity(Unit.DURATION) @Schema(example = "14d") @Nullable
            String unusedFor,

            @Quantity(Unit.BYTES)
            @Schema(
                    types = {"string", "integer"},
                    example = "20GB")
            @Nullable
            String maxUsedSpace,

            @Quantity(Unit.BYTES)
            @Schema(
                    types = {"string", "integer"},
                    example = "15%")
            @Nullable
            String minFreeSpace,

            @Quantity(Unit.BYTES)
            @Schema(
                    types = {"string", "integer"},
                    example = "10GiB")
            @Nullable
            String reservedSpace,

            @Schema(allowableValues = {"SELECTION", "WHOLE_CACHE"}) @Nullable
            String measure,

            @Schema(allowableValues = {"LEAST_RECENTLY_USED", "BUILDKIT", "CHEAPEST_TO_REBUILD"}) @Nullable
            String order,

            Boolean includeShared,
            Boolean includeInternal) {

        public Rule {
            types = types == null ? List.of() : List.copyOf(types);
            filters = filters == null ? List.of() : List.copyOf(filters);
            includeShared = includeShared != null && includeShared;
            includeInternal = includeInternal != null && includeInternal;
        }

        /** Returns a rule with only these conditions. */
        public static Rule of(
                List<String> types,
                @Nullable String unusedFor,
                @Nullable String maxUsedSpace,
                @Nullable String reservedSpace) {
            return new Rule(types, List.of(), unusedFor, maxUsedSpace, null, reservedSpace, null, null, false, false);
        }

        /** Returns a rule for all records that match the filters, or all of these types if there are any. */
        public static Rule of(List<String> types, List<String> filters, String unusedFor, boolean includeAll) {
            return new Rule(types, filters, unusedFor, null, null, null, null, null, includeAll, includeAll);
        }

        public static Rule of(PruneRule rule) {
            var selection = rule.selection();
            var limits = rule.limits();
            return new Rule(
                    selection.types().stream().map(RecordType::name).sorted().toList(),
                    texts(selection.filters()),
                    text(rule.unusedFor()),
                    text(limits.maxUsedSpace()),
                    text(limits.minFreeSpace()),
                    text(limits.reservedSpace()),
                    rule.measure().name(),
                    rule.order().name(),
                    selection.includeShared(),
                    selection.includeInternal());
        }

        /** Returns one of the {@link Limits} by its name. */
        public @Nullable String limit(String name) {
            return switch (name) {
                case "maxUsedSpace" -> maxUsedSpace;
                case "minFreeSpace" -> minFreeSpace;
                case "reservedSpace" -> reservedSpace;
                default -> throw new IllegalArgumentException("There is no limit " + name);
            };
        }
    }

    /**
     * A watermark. Each threshold is a size or a share of the disk, as in rules.
     *
     * @param of the watched quantity; CACHE if absent
     * @param start the threshold that starts the policy
     * @param stop the threshold that stops its run
     */
    public record Watermark(
            @Schema(allowableValues = {"CACHE", "FREE_DISK"}) @Nullable
            String of,

            @Quantity(Unit.BYTES)
            @Schema(
                    types = {"string", "integer"},
                    example = "80GB")
            @Nullable
            String start,

            @Quantity(Unit.BYTES)
            @Schema(
                    types = {"string", "integer"},
                    example = "60GB")
            @Nullable
            String stop) {

        static Watermark of(dev.cachewarden.policy.Watermark watermark) {
            return new Watermark(watermark.of().name(), text(watermark.start()), text(watermark.stop()));
        }
    }

    /**
     * The most that one run may delete. At least one of the two is required.
     *
     * @param maxBytes {@code "20GB"}, or whole bytes
     * @param maxShare in percent of the cache
     */
    public record LimitPerRun(
            @Quantity(Unit.BYTES)
            @Schema(
                    types = {"string", "integer"},
                    example = "20GB")
            @Nullable
            String maxBytes,

            @Quantity(Unit.NUMBER)
            @Schema(
                    types = {"integer", "string"},
                    example = "20")
            @Nullable
            String maxShare) {

        public static final LimitPerRun NONE = new LimitPerRun(null, null);

        public static LimitPerRun of(dev.cachewarden.planner.LimitPerRun limitPerRun) {
            return new LimitPerRun(text(limitPerRun.maxBytes()), text(limitPerRun.maxShare()));
        }
    }

    /**
     * The guards of a policy's runs. The settings of the service supply absent values.
     *
     * @param waitForBuilds {@code "10m"} or {@code "PT10M"}; {@code "0s"} does not wait
     * @param stopAfterFailures the number of failed deletions after which a run stops
     * @param batchSize the most records in one call
     * @param pauseBetweenBatches {@code "5s"} or {@code "PT5S"}
     */
    public record Guards(
            @Quantity(Unit.DURATION) @Schema(example = "10m") @Nullable
            String waitForBuilds,

            @Quantity(Unit.NUMBER)
            @Schema(
                    types = {"integer", "string"},
                    example = "3")
            @Nullable
            String stopAfterFailures,

            @Quantity(Unit.NUMBER)
            @Schema(
                    types = {"integer", "string"},
                    example = "500")
            @Nullable
            String batchSize,

            @Quantity(Unit.DURATION) @Schema(example = "5s") @Nullable
            String pauseBetweenBatches) {

        public static final Guards NONE = new Guards(null, null, null, null);

        public static Guards of(RunGuards guards) {
            return new Guards(
                    text(guards.waitForBuilds()),
                    text(guards.stopAfterFailures()),
                    text(guards.batchSize()),
                    text(guards.pauseBetweenBatches()));
        }
    }
}
