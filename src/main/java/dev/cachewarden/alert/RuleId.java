package dev.cachewarden.alert;

import dev.cachewarden.alert.Threshold.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The built-in rules. The ID of a rule is its name in lower case with dashes, such as {@code disk-free}. */
public enum RuleId {
    DISK_FREE(
            "Disk space low",
            "free space on the disk of a host",
            Direction.BELOW,
            Family.DISK,
            Unit.PERCENT,
            Unit.BYTES),
    FULL_WITHIN(
            "Disk full soon",
            "forecast time until the disk of a host is full",
            Direction.BELOW,
            Family.DISK,
            Unit.DURATION),
    CACHE_OVER_LIMIT(
            "Cache over its limit",
            "size of a cache above the limit of the garbage collection of its builder",
            Direction.ABOVE,
            Family.DISK,
            Unit.PERCENT,
            Unit.BYTES),
    RUN_FAILED("Run failed", "failed runs of a policy on a host in a row", Direction.ABOVE, Family.RUN, Unit.RUNS),
    RUN_FREED_LITTLE(
            "Run freed too little",
            "deleted share of the plan in the last run of a policy on a host",
            Direction.BELOW,
            Family.RUN,
            Unit.PERCENT),
    RUN_MISSED("Run missed", "time since the scheduled start of a policy", Direction.ABOVE, Family.RUN, Unit.DURATION),
    HOST_UNREACHABLE(
            "Host unreachable",
            "time since a Docker Engine became unreachable",
            Direction.ABOVE,
            Family.REACH,
            Unit.DURATION),
    BUILDER_STOPPED(
            "Builder stopped",
            "time since a standalone buildkitd became unreachable",
            Direction.ABOVE,
            Family.REACH,
            Unit.DURATION),
    SAMPLES_TOO_OLD(
            "Samples too old",
            "age of the last sample of a cache beyond the poll interval",
            Direction.ABOVE,
            Family.SAMPLE,
            Unit.DURATION),
    EXTERNAL_PRUNE(
            "External prune",
            "size of the records that disappeared within a day without a run",
            Direction.ABOVE,
            Family.CACHE,
            Unit.BYTES),
    HIT_RATE_DROP(
            "Hit rate dropped",
            "drop of the hit rate of the last day below the 14 days before, in percentage points",
            Direction.ABOVE,
            Family.CACHE,
            Unit.PERCENT),
    CHANNEL_BROKEN(
            "Channel broken",
            "time since a channel loses notifications",
            Direction.ABOVE,
            Family.CHANNEL,
            Unit.DURATION),
    EXPIRY(
            "Expires soon",
            "time until the client certificate of a host or an API token expires",
            Direction.BELOW,
            Family.EXPIRY,
            Unit.DURATION);

    private final String title;
    private final String measure;
    private final Direction direction;
    private final Family family;
    /** Immutable. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Unit> units;

    RuleId(String title, String measure, Direction direction, Family family, Unit... units) {
        this.title = title;
        this.measure = measure;
        this.direction = direction;
        this.family = family;
        this.units = List.of(units);
    }

    /** The side of the threshold on which a rule fires. */
    public enum Direction {
        ABOVE,
        BELOW
    }

    /** Rules about the same thing. A critical alert of a family mutes the warnings of the family for the same host. */
    public enum Family {
        DISK,
        RUN,
        REACH,
        SAMPLE,
        CACHE,
        CHANNEL,
        EXPIRY
    }

    /** Parses an ID such as {@code disk-free}. */
    public static Optional<RuleId> parse(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }

    /** Returns the ID, such as {@code disk-free}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the title of its alerts, such as {@code Disk space low}. */
    public String title() {
        return title;
    }

    /** Returns the measured quantity as a noun phrase in lower case. */
    public String measure() {
        return measure;
    }

    public Direction direction() {
        return direction;
    }

    Family family() {
        return family;
    }

    /** Returns the units that its thresholds can have; at least one. */
    public List<Unit> units() {
        return units;
    }

    /** Returns whether a policy that prunes the host can end the alert. */
    boolean prunable() {
        return family == Family.DISK;
    }

    /** Returns whether another part of Cachewarden reports the alert, so that it is only shown. */
    boolean reportedElsewhere() {
        return this == CHANNEL_BROKEN;
    }

    /** Returns whether an unreachable host mutes the alert. */
    boolean needsHost() {
        return family != Family.REACH && family != Family.EXPIRY;
    }
}
