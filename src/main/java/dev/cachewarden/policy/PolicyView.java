package dev.cachewarden.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A stored policy.
 *
 * @param nextStartAt the next scheduled time, or null if the policy is disabled or has no schedule
 * @param lastStartAt the last time it started, or null if it never did
 * @param lastStartResult the result of the last time it started, as text; null if it never started or is still in progress
 * @param version the number of saves, from 1
 * @param warnings settings that are valid but may be unintended
 * @param configFile the path of the configuration file that defines the policy, or null if a user created it; the policy can be changed
 *     only there
 */
public record PolicyView(
        long id,
        Content content,
        @Nullable Instant nextStartAt,
        @Nullable Instant lastStartAt,
        @Nullable String lastStartResult,
        Instant createdAt,
        Instant updatedAt,
        int version,
        List<Warning> warnings,
        @Nullable String configFile) {

    public PolicyView {
        warnings = List.copyOf(warnings);
    }

    /**
     * The editable content of a policy, which each version stores.
     *
     * @param priority the enforced policy with the highest priority prunes a host
     * @param pins no rule deletes a record that matches one of these filters
     * @param limitPerRun the most that one run may delete from the cache of one builder
     * @param approveAbove a run that deletes more bytes waits for approval; null if no run waits
     * @param guards the guards of its runs
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
            LimitPerRun limitPerRun,
            @Nullable ByteSize approveAbove,
            RunGuards guards) {

        public Content {
            rules = List.copyOf(rules);
            pins = List.copyOf(pins);
        }

        /** Returns a disabled copy of this content. */
        public Content disabled() {
            return new Content(
                    name, mode, false, scope, priority, rules, pins, triggers, limitPerRun, approveAbove, guards);
        }

        /** Returns whether a host is in the scope, regardless of whether the policy is enabled. */
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
     * A setting that is valid but may be unintended.
     *
     * @param field the field that the warning is about
     * @param reason the predicate of a sentence that starts with the name of the field
     * @param suggestion a sentence that suggests a fix
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

    public LimitPerRun limitPerRun() {
        return content.limitPerRun();
    }

    public @Nullable ByteSize approveAbove() {
        return content.approveAbove();
    }

    public RunGuards guards() {
        return content.guards();
    }

    /** Returns whether a host is in the scope. */
    public boolean covers(WatchedHost host) {
        return content.covers(host);
    }
}
