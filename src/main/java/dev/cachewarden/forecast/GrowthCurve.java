package dev.cachewarden.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The Theil–Sen slopes of the cumulated growth, for the first days of a host. Drops are already removed, so the curve only rises, and a few
 * large builds do not bend the median of its slopes as they would bend a least-squares fit.
 *
 * @param low 5% quantile of the slopes, in bytes per hour
 * @param middle median of the slopes
 * @param high 95% quantile of the slopes
 */
record GrowthCurve(double low, double middle, double high) {

    private static final int LEAST_APART = 6;

    /** @param hours at least 24, oldest first */
    static GrowthCurve of(List<GrowthHour> hours) {
        double[] curve = new double[hours.size() + 1];
        for (int at = 0; at < hours.size(); at++) {
            curve[at + 1] = curve[at] + hours.get(at).grownBytes();
        }
        // Slopes over a few hours show the hour of a build, not the growth of a day.
        int apart = Math.max(LEAST_APART, curve.length / 2);
        var slopes = DoubleStream.builder();
        for (int from = 0; from < curve.length; from++) {
            for (int until = from + apart; until < curve.length; until++) {
                slopes.add((curve[until] - curve[from]) / (until - from));
            }
        }
        double[] sorted = slopes.build().toArray();
        Arrays.sort(sorted);
        return new GrowthCurve(Quantiles.at(sorted, 0.05), Quantiles.at(sorted, 0.5), Quantiles.at(sorted, 0.95));
    }
}
