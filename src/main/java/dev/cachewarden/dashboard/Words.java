package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.buildcache.UsageState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The formats of numbers, sizes, times, and states for users; {@code @words} in templates. */
@Component("words")
public class Words {

    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{7})[0-9a-f]{57}");

    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT);
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private final InstantSource clock;

    Words(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns a text with SHA-256 digests cut to seven digits, as Docker shortens IDs; null stays null. */
    public @Nullable String shortDigests(@Nullable String text) {
        return text == null ? null : DIGEST.matcher(text).replaceAll("sha256:$1…");
    }

    /** Returns a number with thousands separators: {@code 5,300}. */
    public String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a number with its noun: {@code 1 record}, {@code 5,300 records}. */
    public String count(long number, String noun) {
        return count(number) + " " + (number == 1 ? noun : noun + "s");
    }

    /** Formats a size in bytes. */
    public String bytes(long bytes) {
        return new ByteSize(bytes).toString();
    }

    /** Returns a share from 0 to 1 as a whole percentage. It is 0% or 100% only if the share is exactly 0 or 1. */
    public String percent(double share) {
        double percent = share * 100;
        if (percent > 0 && percent < 1) {
            return "<1%";
        }
        return percent > 99 && percent < 100 ? ">99%" : Math.round(percent) + "%";
    }

    /** Returns the share of a part in a whole, from 0 to 1, or 0 if the whole is empty. */
    public double share(ByteSize part, ByteSize whole) {
        return whole.bytes() == 0 ? 0 : (double) part.bytes() / whole.bytes();
    }

    /** Returns the share from 0 to 100 for the width of a bar. A part that is not empty has at least a visible width. */
    public String width(ByteSize part, ByteSize whole) {
        double share = 100 * share(part, whole);
        return String.format(Locale.ROOT, "%.2f", share > 0 ? Math.max(share, 0.5) : 0);
    }

    /** Returns a relative time in the largest suitable unit: {@code just now}, {@code 3 min ago}, {@code in 2 h}. */
    public String ago(Instant instant) {
        long seconds = Duration.between(instant, clock.instant()).toSeconds();
        var length = length(Math.abs(seconds));
        if (Math.abs(seconds) < 5) {
            return "just now";
        }
        return seconds < 0 ? "in " + length : length + " ago";
    }

    /** Returns the time since an instant without "ago": {@code 14 min}. */
    public String since(Instant instant) {
        return length(Math.max(0, Duration.between(instant, clock.instant()).toSeconds()));
    }

    private static String length(long seconds) {
        long unit = seconds < MINUTE ? 1 : seconds < HOUR ? MINUTE : seconds < 2 * DAY ? HOUR : DAY;
        return Durations.text(Duration.ofSeconds(seconds / unit * unit));
    }

    /** Returns the date and time to the second, with the time zone: {@code 2026-11-20 12:04:10 UTC}. */
    public String exact(Instant instant) {
        return EXACT.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Returns only the time of day, with the time zone: {@code 12:04:10 UTC}. */
    public String clock(Instant instant) {
        return CLOCK.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Returns the date and time to the minute, with the time zone: {@code 2026-11-20 12:04 UTC}. */
    public String minute(Instant instant) {
        return Timestamps.text(instant);
    }

    /** Formats a duration: {@code 14 d}, {@code 1 d 12 h}. */
    public String duration(Duration duration) {
        return Durations.text(duration);
    }

    /** Returns the name of a state, as pages show it and filters accept it. */
    public String state(UsageState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the state of a record. If only its children prevent its deletion, returns their number. */
    public String state(CacheRecord record, int children) {
        if (record.reclaimable() && children > 0) {
            return "has " + (children == 1 ? "1 child" : children + " children");
        }
        return state(UsageState.of(record));
    }

    /** Returns the labels as {@code key=value}, in the order of their keys. */
    public List<String> labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
    }
}
