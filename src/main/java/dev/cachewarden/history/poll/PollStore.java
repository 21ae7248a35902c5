package dev.cachewarden.history.poll;

import io.micrometer.core.instrument.Counter;
import java.util.function.BooleanSupplier;

/** Whether a reading can be stored at all. While it cannot, no host is asked, and the polls that were due are counted. */
final class PollStore {

    private final BooleanSupplier answers;
    private final Counter skipped;

    PollStore(BooleanSupplier answers, Counter skipped) {
        this.answers = answers;
        this.skipped = skipped;
    }

    boolean answers() {
        return answers.getAsBoolean();
    }

    void skipped(int polls) {
        skipped.increment(polls);
    }
}
