package dev.cachewarden.dashboard.prune;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A filter that answers only the latest request of each open form. Users who continue to type do not wait for previews of earlier input.
 */
final class LatestOfForm {

    private final ConcurrentHashMap<String, Object> latest = new ConcurrentHashMap<>();

    /**
     * Runs the work. The supplier that it receives reports whether the same form has sent a newer request.
     *
     * @param form ID of the form; empty if the request cannot be superseded
     */
    <T> T answer(String form, Function<BooleanSupplier, T> work) {
        if (form.isEmpty()) {
            return work.apply(() -> false);
        }
        var mine = new Object();
        latest.put(form, mine);
        try {
            return work.apply(() -> latest.get(form) != mine);
        } finally {
            latest.remove(form, mine);
        }
    }
}
