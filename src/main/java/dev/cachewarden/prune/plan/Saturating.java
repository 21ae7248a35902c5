package dev.cachewarden.prune.plan;

/** Sums of sizes that a lying builder cannot make overflow. */
final class Saturating {

    private Saturating() {}

    /** The sum of two numbers that are zero or more, or the largest there is. */
    static long plus(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
