package dev.cachewarden.history.poll;

import dev.cachewarden.store.StoreWatch;
import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/** Whether a reading can be stored at all. While it cannot, no host is asked, and the polls that were due are counted. */
final class PollStore {

    private final @Nullable StoreWatch watch;
    private final Counter skipped;

    /** @param watch null where nobody watches the database, as in tests of a part */
    PollStore(@Nullable StoreWatch watch, Counter skipped) {
        this.watch = watch;
        this.skipped = skipped;
    }

    boolean answers() {
        return watch == null || watch.answers();
    }

    void skipped(int polls) {
        skipped.increment(polls);
    }
}
