package dev.cachewarden.progress.format;

import dev.cachewarden.progress.ProgressRecorder;

/** The numbers of the vertices of one build. They start at one, and increase in the order of the first output or the start of vertices. */
final class VertexNumbers {

    private int highest;
    private int lowest = Integer.MAX_VALUE;

    /** True if the client numbers only vertices that it prints. */
    private boolean onlyPrinted;

    void add(int number) {
        highest = Math.max(highest, number);
        lowest = Math.min(lowest, number);
    }

    /** Records that the client numbers only vertices that it prints. */
    void areOnlyPrinted() {
        onlyPrinted = true;
    }

    /** Returns true if a number is higher than all numbers so far. */
    boolean isNew(int number) {
        return number > highest;
    }

    boolean isHighest(int number) {
        return number == highest;
    }

    /**
     * Records what is missing.
     *
     * @param shown number of vertices that the log shows
     * @param most maximum number of vertices that are counted
     */
    void reportGaps(ProgressRecorder recorder, int shown, int most) {
        if (lowest > 1 && lowest <= highest) {
            recorder.gap(Blocks.MIDDLE);
        }
        if (onlyPrinted && shown < Math.min(highest - lowest + 1, most)) {
            recorder.gap("The log shows %,d of its first %,d steps. It skips the numbers of the others."
                    .formatted(shown, highest));
        }
    }
}
