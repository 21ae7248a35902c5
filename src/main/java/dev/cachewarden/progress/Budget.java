package dev.cachewarden.progress;

import java.util.concurrent.atomic.AtomicLong;

/** The remaining memory for a build, in estimated bytes. */
final class Budget {

    /** The approximate size of an object with a few fields, including its entry in a list. */
    static final int OBJECT = 96;

    private final ProgressLimits limits;
    private final Gaps gaps;
    private final AtomicLong taken;

    Budget(ProgressLimits limits, Gaps gaps) {
        this(limits, gaps, new AtomicLong());
    }

    private Budget(ProgressLimits limits, Gaps gaps, AtomicLong taken) {
        this.limits = limits;
        this.gaps = gaps;
        this.taken = taken;
    }

    /** Returns the used memory of all builds that share this budget. */
    long taken() {
        return taken.get();
    }

    /** Returns a budget for another build, which shares the same memory. */
    Budget sharedWith(Gaps gaps) {
        return new Budget(limits, gaps, taken);
    }

    /** Reserves memory for a new object that contains these texts. Returns false if there is no room. */
    boolean takeFor(String... texts) {
        long bytes = OBJECT;
        for (String text : texts) {
            bytes += text.length();
        }
        return take(bytes);
    }

    /** Returns the new text, truncated to the maximum length, or the old text if there is no room. */
    String replace(String old, String text) {
        if (text.equals(old)) {
            return old;
        }
        String cut = cut(text);
        return take(cut.length() - (long) old.length()) ? cut : old;
    }

    String cut(String text) {
        if (text.length() <= limits.text()) {
            return text;
        }
        gaps.add("A name, an error or a warning is longer than %d characters and was truncated."
                .formatted(limits.text()));
        int end = Character.isHighSurrogate(text.charAt(limits.text() - 1)) ? limits.text() - 1 : limits.text();
        return text.substring(0, end);
    }

    boolean take(long bytes) {
        if (taken.get() + bytes > limits.texts()) {
            gaps.add("The build is too large to store completely: steps, transfers or warnings are missing.");
            return false;
        }
        taken.addAndGet(bytes);
        return true;
    }
}
