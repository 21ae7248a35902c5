package dev.cachewarden.policy.web;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A parser for query parameters and headers. */
public final class Parameters {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration LONGEST_COUNTDOWN = Duration.ofHours(1);

    private Parameters() {}

    public static Duration waiting(@Nullable String wait) {
        var duration = duration("wait", wait, LONGEST_WAIT);
        return duration == null ? Duration.ZERO : duration;
    }

    public static @Nullable Duration countdown(@Nullable String countdown) {
        return duration("countdown", countdown, LONGEST_COUNTDOWN);
    }

    private static @Nullable Duration duration(String name, @Nullable String text, Duration longest) {
        if (text == null) {
            return null;
        }
        Duration duration;
        try {
            duration = Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(name, String.valueOf(e.getMessage()));
        }
        if (duration.compareTo(longest) > 0) {
            throw new InvalidInputException(name, "'" + text + "' exceeds the maximum of " + Durations.format(longest));
        }
        return duration;
    }
}
