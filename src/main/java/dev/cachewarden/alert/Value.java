package dev.cachewarden.alert;

import dev.cachewarden.alert.Threshold.Unit;
import java.util.OptionalDouble;

/** The value of a rule for one subject at one time. */
public sealed interface Value {

    /**
     * A known value.
     *
     * @param unit the unit of the amount
     * @param amount bytes, seconds, percent, or runs
     * @param whole what percentages refer to, in the same unit; 0 if there is none
     */
    record Measured(Unit unit, double amount, double whole) implements Value {

        /** Creates a value without a whole. */
        public Measured(Unit unit, double amount) {
            this(unit, amount, 0);
        }

        /** Returns the amount in a unit, or empty if it cannot be converted. */
        OptionalDouble in(Unit wanted) {
            if (wanted == unit) {
                return OptionalDouble.of(amount);
            }
            return wanted == Unit.PERCENT && whole > 0
                    ? OptionalDouble.of(100 * amount / whole)
                    : OptionalDouble.empty();
        }

        /** Returns the value as text: {@code 8.0 GiB of 200.0 GiB (4%)}. */
        public String text() {
            String text = Threshold.text(unit, amount);
            return whole > 0
                    ? text + " of " + Threshold.text(unit, whole) + " ("
                            + Threshold.text(Unit.PERCENT, 100 * amount / whole) + ")"
                    : text;
        }
    }

    /**
     * An unknown value. It neither starts nor ends an alert.
     *
     * @param reason why it is unknown, as a sentence
     */
    record Unknown(String reason) implements Value {}
}
