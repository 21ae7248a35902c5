package dev.cachewarden.simulator.cache;

/** Numbers that look random and are the same every time. */
final class Digests {

    private Digests() {}

    /** Spreads a number over all 64 bits: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long of(String text) {
        long digest = text.length();
        for (int i = 0; i < text.length(); i++) {
            digest = mix(digest ^ text.charAt(i));
        }
        return digest;
    }

    static long join(long first, long second) {
        return mix(first * 31 + second);
    }
}
