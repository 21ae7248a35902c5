package dev.cachewarden.progress;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The reasons why the progress of a build is incomplete, without duplicates and limited in number. */
final class Gaps {

    private static final int MOST = 50;

    private final Set<String> reasons = new LinkedHashSet<>();

    void add(String reason) {
        if (reasons.size() < MOST) {
            reasons.add(reason);
        }
    }

    void tooMany(String what, long limit) {
        add(String.format(Locale.ROOT, "There are more than %,d %s. The rest is omitted.", limit, what));
    }

    List<String> reasons() {
        return new ArrayList<>(reasons);
    }
}
