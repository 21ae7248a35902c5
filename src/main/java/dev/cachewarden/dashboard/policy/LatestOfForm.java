package dev.cachewarden.dashboard.policy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Lets only the latest question of each open form be answered: whoever types on does not wait for what was typed before. */
final class LatestOfForm {

    private final ConcurrentHashMap<String, Object> latest = new ConcurrentHashMap<>();

    /**
     * Answers, telling all the while whether the same form has asked again.
     *
     * @param form whose question it is; empty: of nobody who would ask again
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
