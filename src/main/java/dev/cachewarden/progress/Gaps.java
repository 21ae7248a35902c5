package dev.cachewarden.progress;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Why what is known of a build is not all of it; each reason once, and not many. */
final class Gaps {

    private static final int MOST = 50;

    private final Set<String> reasons = new LinkedHashSet<>();

    void add(String reason) {
        if (reasons.size() < MOST) {
            reasons.add(reason);
        }
    }

    void tooMany(String what, long limit) {
        add(String.format(Locale.ROOT, "There are more than %,d %s; the rest is left out.", limit, what));
    }

    List<String> reasons() {
        return new ArrayList<>(reasons);
    }
}
