package dev.cachewarden.forecast;

/** Quantiles of sorted values. */
final class Quantiles {

    private Quantiles() {}

    /**
     * Returns the value at a quantile.
     *
     * @param sorted at least one value, in order
     * @param quantile from 0 to 1
     */
    static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.round(quantile * (sorted.length - 1))];
    }
}
