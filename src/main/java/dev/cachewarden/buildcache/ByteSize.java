package dev.cachewarden.buildcache;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of bytes, zero or more.
 *
 * <p>{@code 20GB} means 20 × 10⁹ bytes, {@code 20GiB} means 20 × 2³⁰ bytes, and a number without a unit is in bytes. A single letter, such
 * as {@code 20g}, has the same meaning as in Docker's own tools: 20 × 2³⁰. Case does not matter. Sizes are shown in binary units.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    public static final ByteSize ZERO = new ByteSize(0);

    private static final Pattern WRITTEN = Pattern.compile("(?<number>\\d{1,19}(\\.\\d{1,9})?)\\s*(?<unit>[A-Za-z]*)");

    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40));

    private static final String[] SHOWN_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size cannot be negative: " + bytes + " bytes");
        }
    }

    /**
     * Parses a size that a user entered: {@code 512MB}, {@code 1.5 GiB}, {@code 1048576}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static ByteSize parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("-")) {
            throw new IllegalArgumentException("'" + trimmed + "' is negative; a size must be zero or more");
        }
        var matcher = WRITTEN.matcher(trimmed);
        if (!matcher.matches()) {
            throw notASize(trimmed);
        }
        Long unit = UNITS.get(matcher.group("unit").toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw notASize(trimmed);
        }
        var bytes = new BigDecimal(matcher.group("number")).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + trimmed + "' is more than the maximum of 8 EiB");
        }
        return new ByteSize(bytes.longValue());
    }

    private static IllegalArgumentException notASize(String text) {
        return new IllegalArgumentException("'" + text
                + "' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB,"
                + " TiB, k, m, g, t (powers of 1024)");
    }

    public ByteSize plus(ByteSize other) {
        return new ByteSize(Math.addExact(bytes, other.bytes));
    }

    /** Returns the difference, or zero if the other size is larger. */
    public ByteSize minusOrZero(ByteSize other) {
        return new ByteSize(Math.max(0, bytes - other.bytes));
    }

    /** Returns the exact size with thousands separators: {@code 35,861,147,648 bytes}. */
    public String exact() {
        return String.format(Locale.ROOT, "%,d %s", bytes, bytes == 1 ? "byte" : "bytes");
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Returns a readable size in binary units, with one decimal from KiB on, such as {@code 33.4 GiB}. */
    @Override
    public String toString() {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < SHOWN_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        // 1023.95 and more would be printed as 1024.0.
        if (unit > 0 && value >= 1023.95 && unit < SHOWN_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, SHOWN_UNITS[unit]);
    }
}
