package dev.cachewarden.forecast;

import dev.cachewarden.forecast.GrowthDays.Day;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Days to draw from. Recent ones are more likely. Each path first draws a pool of its own and then its days from that pool. Without
 * the first stage, ranges are too narrow, because the few days that were seen are only a sample themselves.
 */
final class DayPool {

    /** The weight of a day halves with this age. */
    private static final double HALF_LIFE_DAYS = 7;

    private static final int LEAST_DRAWN = 3;

    private final List<Day> days;
    private final double[] cumulated;
    private final int drawn;

    /** @param days at least one */
    DayPool(List<Day> days, LocalDate today) {
        this.days = List.copyOf(days);
        this.cumulated = new double[days.size()];
        double sum = 0;
        double squares = 0;
        for (int day = 0; day < cumulated.length; day++) {
            double weight = Math.pow(2, -ChronoUnit.DAYS.between(days.get(day).date(), today) / HALF_LIFE_DAYS);
            sum += weight;
            squares += weight * weight;
            cumulated[day] = sum;
        }
        // As many as equally likely days would vary as much.
        this.drawn = Math.max(LEAST_DRAWN, (int) Math.round(sum * sum / squares));
    }

    /** Draws the pool of one path. */
    Day[] draw(RandomGenerator random) {
        var pool = new Day[drawn];
        for (int at = 0; at < drawn; at++) {
            double point = random.nextDouble() * cumulated[cumulated.length - 1];
            int day = 0;
            while (day < cumulated.length - 1 && cumulated[day] <= point) {
                day++;
            }
            pool[at] = days.get(day);
        }
        return pool;
    }

    /** Returns the weighted mean of the growth of a day, in bytes. */
    double mean() {
        double sum = 0;
        for (int day = 0; day < cumulated.length; day++) {
            double weight = cumulated[day] - (day == 0 ? 0 : cumulated[day - 1]);
            sum += weight * days.get(day).total();
        }
        return sum / cumulated[cumulated.length - 1];
    }
}
