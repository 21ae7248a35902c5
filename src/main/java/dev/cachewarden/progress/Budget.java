package dev.cachewarden.progress;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that may still be taken, in estimated bytes. */
final class Budget {

    /** What an object with a few fields and its place in a list cost, roughly. */
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

    /** Returns what is taken, for all builds out of the same purse. */
    long taken() {
        return taken.get();
    }

    /** For another build, out of the same purse. */
    Budget sharedWith(Gaps gaps) {
        return new Budget(limits, gaps, taken);
    }

    /** Whether there is room for a new object that holds these texts; if so, it is taken. */
    boolean takeFor(String... texts) {
        long bytes = OBJECT;
        for (String text : texts) {
            bytes += text.length();
        }
        return take(bytes);
    }

    /** The new text where there is room for it, cut to what one may have; otherwise the old one. */
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
        gaps.add("A name, an error or a warning is longer than %d characters and was cut.".formatted(limits.text()));
        int end = Character.isHighSurrogate(text.charAt(limits.text() - 1)) ? limits.text() - 1 : limits.text();
        return text.substring(0, end);
    }

    boolean take(long bytes) {
        if (taken.get() + bytes > limits.texts()) {
            gaps.add("The build is too large to keep all of it: steps, transfers or warnings are left out.");
            return false;
        }
        taken.addAndGet(bytes);
        return true;
    }
}
