package dev.cachewarden.forecast.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.Basis;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.forecast.Outlook.Reason;
import dev.cachewarden.forecast.Pace;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DiskForecast} as stored, without its time and the space of the disk. Durations are in seconds and sizes in bytes.
 *
 * @param withPolicies null if no policy prunes the host
 * @param withGarbageCollection null if it has no limit for the whole cache
 */
record ForecastJson(
        @Nullable BasisJson basis,
        OutlookJson withoutPruning,
        @Nullable OutlookJson withPolicies,
        @Nullable OutlookJson withGarbageCollection,
        @Nullable PaceJson pace) {

    static String write(DiskForecast forecast) {
        var basis = forecast.basis();
        var pace = forecast.pace();
        return Columns.json(new ForecastJson(
                basis == null ? null : BasisJson.of(basis),
                OutlookJson.of(forecast.withoutPruning()),
                OutlookJson.ofNullable(forecast.withPolicies()),
                OutlookJson.ofNullable(forecast.withGarbageCollection()),
                pace == null ? null : PaceJson.of(pace)));
    }

    static DiskForecast read(String json, Instant madeAt, @Nullable DiskSpace space) {
        var stored = Columns.fromJson(json, ForecastJson.class);
        return new DiskForecast(
                madeAt,
                space,
                stored.basis == null ? null : stored.basis.toBasis(),
                stored.withoutPruning.toOutlook(),
                stored.withPolicies == null ? null : stored.withPolicies.toOutlook(),
                stored.withGarbageCollection == null ? null : stored.withGarbageCollection.toOutlook(),
                stored.pace == null ? null : stored.pace.toPace());
    }

    /**
     * An outlook: a range with {@code p5}, a time that it is not within, or a reason with its text.
     *
     * @param p50 null if it is beyond the paths
     * @param p95 null if it is beyond the paths
     */
    record OutlookJson(
            @Nullable Long p5,
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long notWithin,
            @Nullable Reason reason,
            @Nullable String text) {

        static @Nullable OutlookJson ofNullable(@Nullable Outlook outlook) {
            return outlook == null ? null : of(outlook);
        }

        static OutlookJson of(Outlook outlook) {
            return switch (outlook) {
                case Outlook.Range range ->
                    new OutlookJson(
                            range.p5().toSeconds(), seconds(range.p50()), seconds(range.p95()), null, null, null);
                case Outlook.NotWithin far ->
                    new OutlookJson(null, null, null, far.time().toSeconds(), null, null);
                case Outlook.None none -> new OutlookJson(null, null, null, null, none.reason(), none.text());
            };
        }

        Outlook toOutlook() {
            if (p5 != null) {
                return new Outlook.Range(Duration.ofSeconds(p5), duration(p50), duration(p95));
            }
            if (reason != null) {
                return new Outlook.None(reason, text == null ? reason.name() : text);
            }
            return new Outlook.NotWithin(notWithin == null ? Outlook.FAR : Duration.ofSeconds(notWithin));
        }

        private static @Nullable Long seconds(@Nullable Duration time) {
            return time == null ? null : time.toSeconds();
        }

        private static @Nullable Duration duration(@Nullable Long seconds) {
            return seconds == null ? null : Duration.ofSeconds(seconds);
        }
    }

    /** A {@link Basis}. */
    record BasisJson(
            int days,
            int hours,
            int daysWithGaps,
            long perDay,
            @Nullable Long perWeekendDay,
            @Nullable Long perDayOfRest) {

        static BasisJson of(Basis basis) {
            return new BasisJson(
                    basis.days(),
                    basis.hours(),
                    basis.daysWithGaps(),
                    basis.perDay().bytes(),
                    Columns.bytesOrNull(basis.perWeekendDay()),
                    basis.perDayOfRest());
        }

        Basis toBasis() {
            return new Basis(
                    days,
                    hours,
                    daysWithGaps,
                    new ByteSize(perDay),
                    perWeekendDay == null ? null : new ByteSize(perWeekendDay),
                    perDayOfRest);
        }
    }

    /** A {@link Pace}. */
    record PaceJson(long grown, double times, long untilFull) {

        static PaceJson of(Pace pace) {
            return new PaceJson(
                    pace.grown().bytes(), pace.times(), pace.untilFull().toSeconds());
        }

        Pace toPace() {
            return new Pace(new ByteSize(grown), times, Duration.ofSeconds(untilFull));
        }
    }
}
