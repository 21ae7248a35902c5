package dev.cachewarden.build;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.rest.FilterText;
import dev.cachewarden.rest.FilterText.Word;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A bound on a figure of a build, such as {@code duration:>5m}. Where the figure is not known, nothing holds.
 *
 * @param limit milliseconds, per cent or bytes, by the figure
 */
public record FigureBound(Figure figure, Comparison comparison, BigDecimal limit) {

    private static final Pattern WRITTEN = Pattern.compile("(?<comparison>[<>]=?+)\\s*(?<limit>.+)");
    private static final Pattern PERCENT = Pattern.compile("(?<number>\\d{1,3}(?:\\.\\d{1,3})?)\\s*%?");
    private static final BigDecimal ALL = new BigDecimal(100);

    /** What is bounded. */
    public enum Figure {
        /** From start to end; in milliseconds. */
        DURATION("5m"),
        /** The hit rate of a build that has ended and looked something up; in per cent. */
        HITS("50%"),
        /** What was sent to the builder; in bytes. */
        SENT("100MiB");

        private final String example;

        Figure(String example) {
            this.example = example;
        }
    }

    /** How it is bounded. */
    public enum Comparison {
        MORE(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** As people and databases write it. */
        public String sign() {
            return sign;
        }

        private static Comparison of(String sign) {
            for (var one : values()) {
                if (one.sign.equals(sign)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("There is no comparison " + sign);
        }
    }

    /** @throws dev.cachewarden.rest.InvalidInputException about {@code q}, if the word is no bound */
    static FigureBound parse(Figure figure, Word word) {
        var written = WRITTEN.matcher(word.value());
        if (!written.matches()) {
            throw FilterText.problem("'" + word.typed() + "' tells neither more nor less; write " + word.key() + ":>"
                    + figure.example + " or " + word.key() + ":<" + figure.example);
        }
        try {
            return new FigureBound(
                    figure, Comparison.of(written.group("comparison")), limit(figure, written.group("limit")));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw FilterText.problem("'" + word.typed() + "' cannot be read: " + e.getMessage());
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
            throw new IllegalArgumentException("'" + text + "' is not a rate; write per cent from 0% to 100%");
        }
        return number;
    }
}
