package dev.cachewarden.dashboard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LatestOfFormTests {

    private final LatestOfForm latest = new LatestOfForm();

    /** Asks twice at a time, and tells whether the first was superseded before and after the second. */
    private List<Boolean> asked(String first, String second) {
        return latest.answer(first, superseded -> {
            boolean before = superseded.getAsBoolean();
            boolean inner = latest.answer(second, BooleanSupplier::getAsBoolean);
            return List.of(before, inner, superseded.getAsBoolean());
        });
    }

    @Test
    void aFormThatAsksAgainSupersedesItself() {
        assertThat(asked("a", "a")).containsExactly(false, false, true);
    }

    @Test
    void formsDoNotDisturbEachOtherNorThoseWithoutAName() {
        assertThat(asked("a", "b")).containsExactly(false, false, false);
        assertThat(asked("", "")).containsExactly(false, false, false);
    }

    @Test
    void aFormMayAskAgainAfterItsAnswer() {
        asked("a", "a");

        assertThat(asked("a", "b")).containsExactly(false, false, false);
    }
}
