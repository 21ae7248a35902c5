package dev.cachewarden.forecast.web;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.forecast.Basis;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.Headroom;
import dev.cachewarden.forecast.Pace;
import dev.cachewarden.forecast.TrackRecord;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The room on the disk of a host.
 *
 * @param host name of the host
 * @param state {@code WARN} if less than the limit is free, or if the disk will probably be full too soon; {@code UNKNOWN} if the free space
 *     is unknown
 * @param text the state as sentences
 * @param measuredAt time of the measurement of the disk
 * @param totalBytes size of the disk, or null if unknown
 * @param freeBytes free space, or null if unknown
 * @param limitBytes free space below which the state is {@code WARN}, or null if it is a share of an unknown disk
 * @param forecast null before the first one
 */
record HeadroomResponse(
        String host,
        Headroom.State state,
        String text,
        Instant measuredAt,
        @Nullable Long totalBytes,
        @Nullable Long freeBytes,
        @Nullable Long limitBytes,
        @Nullable ForecastResponse forecast) {

    static HeadroomResponse of(
            WatchedHost host,
            DiskReading disk,
            Headroom headroom,
            @Nullable DiskForecast forecast,
            TrackRecord trackRecord) {
        var space = disk.space();
        return new HeadroomResponse(
                host.name(),
                headroom.state(),
                headroom.text(),
                disk.takenAt(),
                space == null ? null : space.total().bytes(),
                space == null ? null : space.free().bytes(),
                bytes(headroom.limit()),
                forecast == null ? null : ForecastResponse.of(forecast, trackRecord));
    }

    private static @Nullable Long bytes(@Nullable ByteSize size) {
        return size == null ? null : size.bytes();
    }

    /**
     * When the disk will be full. It is full if no byte is free, including the blocks reserved for root.
     *
     * @param madeAt time of the forecast; its times count from here
     * @param withoutPruning if nothing deletes from the cache
     * @param withPolicies with the automatic runs of the policy that prunes the host, or null if no policy does
     * @param withGarbageCollection with the builder's own garbage collection, or null if it has no limit for the whole cache
     * @param basis what the forecast is based on, or null if there is none
     * @param pace a growth in the last 24 hours that is much faster than usual, or null
     * @param checked number of the last forecasts that could be compared with what happened, at most 20
     * @param held number of them whose range contained what happened
     */
    record ForecastResponse(
            Instant madeAt,
            OutlookResponse withoutPruning,
            @Nullable OutlookResponse withPolicies,
            @Nullable OutlookResponse withGarbageCollection,
            @Nullable String basis,
            @Nullable String pace,
            int checked,
            int held) {

        static ForecastResponse of(DiskForecast forecast, TrackRecord trackRecord) {
            Basis basis = forecast.basis();
            Pace pace = forecast.pace();
            return new ForecastResponse(
                    forecast.madeAt(),
                    OutlookResponse.of(forecast.withoutPruning()),
                    OutlookResponse.ofNullable(forecast.withPolicies()),
                    OutlookResponse.ofNullable(forecast.withGarbageCollection()),
                    basis == null ? null : ForecastText.of(basis),
                    pace == null ? null : ForecastText.of(pace),
                    trackRecord.checked(),
                    trackRecord.held());
        }
    }
}
