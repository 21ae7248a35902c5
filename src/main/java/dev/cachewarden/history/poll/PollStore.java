package dev.cachewarden.history.poll;

import io.micrometer.core.instrument.Counter;
import java.util.function.BooleanSupplier;

/** Reports whether readings can be stored. While they cannot, no host is read, and the skipped polls are counted. */
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
