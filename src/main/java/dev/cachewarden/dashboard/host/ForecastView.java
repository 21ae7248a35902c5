package dev.cachewarden.dashboard.host;

import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.forecast.TrackRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forecast of a disk as the page of its host shows it.
 *
 * @param lines one for each assumption
 * @param basis null if there is no forecast
 * @param pace a warning about fast growth, or null
 */
public record ForecastView(
        Instant madeAt,
        List<Line> lines,
        @Nullable String basis,
        @Nullable String pace,
        String trackRecord) {

    /**
     * The outlook under one assumption.
     *
     * @param median the median of the time when the disk is full, or null if there is none
     */
    public record Line(String name, String text, @Nullable Instant median) {}

    static ForecastView of(DiskForecast forecast, TrackRecord trackRecord) {
        var lines = new ArrayList<Line>();
        lines.add(line("Without pruning", forecast.withoutPruning(), forecast.madeAt()));
        if (forecast.withPolicies() != null) {
            lines.add(line("With the active policy", forecast.withPolicies(), forecast.madeAt()));
        }
        if (forecast.withGarbageCollection() != null) {
            lines.add(line("With garbage collection", forecast.withGarbageCollection(), forecast.madeAt()));
        }
        var basis = forecast.basis();
        var pace = forecast.pace();
        return new ForecastView(
                forecast.madeAt(),
                lines,
                basis == null ? null : ForecastText.of(basis),
                pace == null ? null : ForecastText.of(pace),
                trackRecord.text());
    }

    private static Line line(String name, Outlook outlook, Instant madeAt) {
        var median = outlook instanceof Outlook.Range range && range.p50() != null ? madeAt.plus(range.p50()) : null;
        return new Line(name, ForecastText.of(outlook), median);
    }
}
