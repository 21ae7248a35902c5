package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.Space;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A parser for the triggers of a policy. */
final class TriggerReader {

    private TriggerReader() {}

    static Triggers triggers(PolicyDocument document, InputProblems problems) {
        var zone = zone(document.timeZone(), problems);
        String cron = problems.read("cron", document.cron(), text -> {
            var unused = CronSchedule.parse(text, zone);
            return text;
        });
        var window = problems.read("window", document.window(), DayWindow::parse);
        return new Triggers(cron, zone, watermark(document.watermark(), problems), document.afterBuilds(), window);
    }

    private static @Nullable Watermark watermark(PolicyDocument.@Nullable Watermark written, InputProblems problems) {
        if (written == null) {
            return null;
        }
        int before = problems.count();
        var of = problems.read("watermark.of", written.of(), Watermark::of);
        var start = problems.read("watermark.start", written.start(), Space::parse);
        var stop = problems.read("watermark.stop", written.stop(), Space::parse);
        if (problems.count() > before || (start == null && stop == null)) {
            return null;
        }
        if (start == null || stop == null) {
            problems.add(
                    start == null ? "watermark.start" : "watermark.stop",
                    "is missing; a watermark needs a start and a stop value");
            return null;
        }
        return problems.read(
                "watermark.stop", "both", text -> new Watermark(of == null ? Watermark.Of.CACHE : of, start, stop));
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
