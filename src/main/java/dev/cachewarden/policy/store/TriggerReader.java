package dev.cachewarden.policy.store;

import dev.cachewarden.planner.Space;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.policy.PolicyInput.When;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A parser for the triggers of a policy. */
final class TriggerReader {

    private TriggerReader() {}

    static Triggers triggers(When when, InputProblems problems) {
        var zone = zone(when.timeZone(), problems);
        String cron = problems.read("cron", when.cron(), text -> {
            var unused = CronSchedule.parse(text, zone);
            return text;
        });
        var window = problems.read("window", when.window(), DayWindow::parse);
        return new Triggers(cron, zone, watermark(when, problems), when.afterBuilds(), window);
    }

    private static @Nullable Watermark watermark(When when, InputProblems problems) {
        int before = problems.count();
        var of = problems.read("watermarkOf", when.watermarkOf(), Watermark::of);
        var start = problems.read("watermarkStart", when.watermarkStart(), Space::parse);
        var stop = problems.read("watermarkStop", when.watermarkStop(), Space::parse);
        if (problems.count() > before || (start == null && stop == null)) {
            return null;
        }
        if (start == null || stop == null) {
            problems.add(
                    start == null ? "watermarkStart" : "watermarkStop",
                    "is missing; a watermark needs a start and a stop value");
            return null;
        }
        return problems.read(
                "watermarkStop", "both", text -> new Watermark(of == null ? Watermark.Of.CACHE : of, start, stop));
    }

    static ZoneId zone(@Nullable String text, InputProblems problems) {
        var zone = problems.read("timeZone", text, TriggerReader::zone);
        return zone == null ? ZoneOffset.UTC : zone;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time zone; use one such as Europe/Berlin, UTC or +02:00", e);
        }
    }
}
