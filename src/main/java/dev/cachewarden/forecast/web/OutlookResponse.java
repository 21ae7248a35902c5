package dev.cachewarden.forecast.web;

import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.Outlook;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the disk will be full under one assumption. Without {@code p5} there is no date, and {@code text} states why.
 *
 * @param p5 time from the forecast until the disk is full at the earliest, usually; null if there is no date
 * @param p50 median of this time, or null if it is unknown or more than 90 days
 * @param p95 time until the disk is full at the latest, usually; null if it is unknown or more than 90 days
 * @param reason why there is no date, or null if there is one, or if it is more than 30 days away
 * @param text the same as a sentence
 */
record OutlookResponse(
        @Nullable Duration p5,
        @Nullable Duration p50,
        @Nullable Duration p95,
        Outlook.@Nullable Reason reason,
        String text) {

    static @Nullable OutlookResponse ofNullable(@Nullable Outlook outlook) {
        return outlook == null ? null : of(outlook);
    }

    static OutlookResponse of(Outlook outlook) {
        String text = ForecastText.of(outlook);
        return switch (outlook) {
            case Outlook.Range range -> new OutlookResponse(range.p5(), range.p50(), range.p95(), null, text);
            case Outlook.NotWithin far -> new OutlookResponse(null, null, null, null, text);
            case Outlook.None none -> new OutlookResponse(null, null, null, none.reason(), text);
        };
    }
}
