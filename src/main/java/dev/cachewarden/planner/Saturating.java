package dev.cachewarden.planner;

/** Addition of sizes that does not overflow, even if a builder reports false sizes. */
final class Saturating {

    private Saturating() {}

    /** Returns the sum of two numbers that are zero or more, or the largest {@code long} if the sum is larger. */
    static long plus(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
