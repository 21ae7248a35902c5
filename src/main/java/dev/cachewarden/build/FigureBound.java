package dev.cachewarden.build;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.rest.list.FilterText;
import dev.cachewarden.rest.list.FilterText.Word;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A bound on a figure of a build, such as {@code duration:>5m}. A build whose figure is unknown matches no bound.
 *
 * @param limit limit in milliseconds, percent, or bytes, depending on the figure
 */
public record FigureBound(Figure figure, Comparison comparison, BigDecimal limit) {

    private static final Pattern WRITTEN = Pattern.compile("(?<comparison>[<>]=?+)\\s*(?<limit>.+)");
    private static final Pattern PERCENT = Pattern.compile("(?<number>\\d{1,3}(?:\\.\\d{1,3})?)\\s*%?");
    private static final BigDecimal ALL = new BigDecimal(100);

    /** The figure that a bound applies to. */
    public enum Figure {
        /** The time from start to end, in milliseconds. */
        DURATION("5m"),
        /** The hit rate of a finished build with cache lookups, in percent. */
        HITS("50%"),
        /** The amount of data that was sent to the builder, in bytes. */
        SENT("100MiB");

        private final String example;

        Figure(String example) {
            this.example = example;
        }
    }

    /** The comparison of a figure with the limit. */
    public enum Comparison {
        MORE(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** Returns the sign as users and databases write it. */
        public String sign() {
            return sign;
        }

        private static Comparison of(String sign) {
            for (var one : values()) {
                if (one.sign.equals(sign)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("Unknown comparison: " + sign);
        }
    }

    /**
     * Parses a bound.
     *
     * @throws dev.cachewarden.rest.InvalidInputException for {@code q}, if the word is not a valid bound
     */
    static FigureBound parse(Figure figure, Word word) {
        var written = WRITTEN.matcher(word.value());
        if (!written.matches()) {
            throw FilterText.problem("'" + word.typed() + "' has no comparison; use " + word.key() + ":>"
                    + figure.example + " or " + word.key() + ":<" + figure.example);
        }
        try {
            return new FigureBound(
                    figure, Comparison.of(written.group("comparison")), limit(figure, written.group("limit")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw FilterText.problem("'" + word.typed() + "' is not valid: " + e.getMessage());
        }
    }

    private static BigDecimal limit(Figure figure, String text) {
        return switch (figure) {
            case DURATION -> BigDecimal.valueOf(Durations.parse(text).toMillis());
            case SENT -> BigDecimal.valueOf(ByteSize.parse(text).bytes());
            case HITS -> percent(text);
        };
    }

    private static BigDecimal percent(String text) {
        var written = PERCENT.matcher(text.strip());
        var number = written.matches() ? new BigDecimal(written.group("number")) : null;
        if (number == null || number.compareTo(ALL) > 0) {
            throw new IllegalArgumentException("'" + text + "' is not a hit rate; use a percentage from 0% to 100%");
        }
        return number;
    }
}
