package dev.cachewarden.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.plan.rule.Ceiling;
import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.prune.plan.rule.RunGuards;
import dev.cachewarden.prune.scope.LabelSelector;
import dev.cachewarden.prune.trigger.Triggers;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stored policy.
 *
 * @param nextFireAt null: disabled, or without times
 * @param lastFireAt null: never yet
 * @param lastFireResult what came of it, in words; null before, and while it is being worked on
 * @param version counts the saves, from 1
 * @param warnings what is allowed, and may not be meant
 * @param configFile path of the configuration file it comes from, where alone it can be changed; null: it was made by hand
 */
public record PolicyView(
        long id,
        Content content,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFireAt,
        @Nullable String lastFireResult,
        Instant createdAt,
        Instant updatedAt,
        int version,
        List<Warning> warnings,
        @Nullable String configFile) {

    public PolicyView {
        warnings = List.copyOf(warnings);
    }

    /**
     * What people decide about a policy, and what a version keeps.
     *
     * @param priority of several that enforce the highest one prunes a host
     * @param pins what passes any of them no rule may take
     * @param ceiling the most one run may take of one builder
     * @param approveAbove runs of more bytes wait for a person; null: none does
     * @param guards of its runs
     */
    public record Content(
            String name,
            PolicyMode mode,
            boolean enabled,
            LabelSelector scope,
            int priority,
            List<PruneRule> rules,
            List<Filter> pins,
            Triggers triggers,
            Ceiling ceiling,
            @Nullable ByteSize approveAbove,
            RunGuards guards) {

        public Content {
            rules = List.copyOf(rules);
            pins = List.copyOf(pins);
        }

        /** The same, switched off. */
        public Content switchedOff() {
            return new Content(
                    name, mode, false, scope, priority, rules, pins, triggers, ceiling, approveAbove, guards);
        }

        /** Whether a host is in its scope; switched on or not. */
        public boolean covers(WatchedHost host) {
            if (scope.everyHost()) {
                return true;
            }
            var labels = new HashMap<>(host.labels());
            var kind = host.connection().kind().name();
            labels.put(LabelSelector.KIND, kind.toLowerCase(Locale.ROOT).replace('_', '-'));
            return scope.matches(labels);
        }
    }

    /**
     * What is allowed, and may not be meant.
     *
     * @param field the one to look at
     * @param reason a sentence that goes on after the field's name
     * @param suggestion what to do, as a sentence
     */
    public record Warning(String field, String reason, String suggestion) {}

    public String name() {
        return content.name();
    }

    public PolicyMode mode() {
        return content.mode();
    }

    public boolean enabled() {
        return content.enabled();
    }

    public LabelSelector scope() {
        return content.scope();
    }

    public int priority() {
        return content.priority();
    }

    public List<PruneRule> rules() {
        return content.rules();
    }

    public List<Filter> pins() {
        return content.pins();
    }

    public Triggers triggers() {
        return content.triggers();
    }

    public @Nullable String cron() {
        return content.triggers().cron();
    }

    public ZoneId timeZone() {
        return content.triggers().timeZone();
    }

    public Ceiling ceiling() {
        return content.ceiling();
    }

    public @Nullable ByteSize approveAbove() {
        return content.approveAbove();
    }

    public RunGuards guards() {
        return content.guards();
    }

    /** Whether a host is in its scope. */
    public boolean covers(WatchedHost host) {
        return content.covers(host);
    }
}
