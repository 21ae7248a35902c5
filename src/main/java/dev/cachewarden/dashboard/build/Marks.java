package dev.cachewarden.dashboard.build;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What may explain why builds changed: prunes, and versions of policies.
 *
 * @param shown oldest first; each stands in the charts under its number, from 1
 * @param runsLeftOut how many more runs deleted something, each less than those shown
 * @param versionsLeftOut how many more versions were saved
 */
record Marks(List<Mark> shown, int runsLeftOut, int versionsLeftOut) {

    Marks {
        shown = List.copyOf(shown);
    }

    /**
     * What each is called in a chart: its number, with those of its neighbours of the same sort that would lie on it; empty where it stands with
     * one before it.
     *
     * @param close what is no farther apart would lie on each other
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
     * One of them.
     *
     * @param link what its page is called
     * @param href its page
     * @param words go on after {@code link}
     * @param ofPolicy whether it is a version of a policy, and not a run
     */
    record Mark(Instant at, String link, String href, String words, boolean ofPolicy) {}
}
