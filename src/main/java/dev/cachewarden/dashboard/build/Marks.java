package dev.cachewarden.dashboard.build;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The prunes and policy versions that may explain changes in builds.
 *
 * @param shown marks to show, oldest first; charts show each with its number from 1
 * @param runsLeftOut number of other runs that deleted records, each of them less than the runs shown
 * @param versionsLeftOut number of other saved versions
 */
record Marks(List<Mark> shown, int runsLeftOut, int versionsLeftOut) {

    Marks {
        shown = List.copyOf(shown);
    }

    /**
     * Returns the label of each mark in a chart. It is the number of the mark, followed by the numbers of later marks of the same kind that
     * would overlap with it. It is empty if the number is already in the label of an earlier mark.
     *
     * @param close maximum time between marks that overlap
     */
    List<String> labels(Duration close) {
        var labels = new ArrayList<String>(Collections.nCopies(shown.size(), ""));
        for (boolean ofPolicy : new boolean[] {true, false}) {
            int first = -1;
            for (int i = 0; i < shown.size(); i++) {
                if (shown.get(i).ofPolicy() == ofPolicy) {
                    first = first >= 0 && isClose(first, i, close) ? first : i;
                    labels.set(first, (first == i ? "" : labels.get(first) + ", ") + (i + 1));
                }
            }
        }
        return labels;
    }

    private boolean isClose(int one, int other, Duration close) {
        return Duration.between(shown.get(one).at(), shown.get(other).at()).compareTo(close) <= 0;
    }

    /**
     * A mark in a chart.
     *
     * @param link name of the linked page
     * @param href URL of the linked page
     * @param words text that continues {@code link}
     * @param ofPolicy whether it is a policy version, not a run
     */
    record Mark(Instant at, String link, String href, String words, boolean ofPolicy) {}
}
