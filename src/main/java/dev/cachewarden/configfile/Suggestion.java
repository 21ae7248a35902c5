package dev.cachewarden.configfile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the most similar known word for an unknown one. */
final class Suggestion {

    private static final int MOST_SLIPS = 2;

    private Suggestion() {}

    /** Returns the most similar of the known words, or empty if there is no similar one. */
    static Optional<String> near(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(one -> slips(lower, one.toLowerCase(Locale.ROOT)) <= Math.min(MOST_SLIPS, one.length() / 3))
                .min(Comparator.comparing((String one) -> slips(lower, one.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Returns the edit distance of two words: the number of inserted, deleted, changed, or swapped neighboring letters. */
    private static int slips(String from, String to) {
        if (Math.abs(from.length() - to.length()) > MOST_SLIPS) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
