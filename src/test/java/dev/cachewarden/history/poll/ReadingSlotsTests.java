package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ReadingSlotsTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void slotIsFreeOnceItIsGivenBack() throws Exception {
        var slots = new ReadingSlots(1, LONG);
        var first = slots.take(true);
        var second = taking(slots, true);
        assertThat(second).isNotDone();

        first.close();
        first.close();
        assertThat(second.get(2, TimeUnit.MINUTES)).isNotNull();
        assertThat(taking(slots, true)).as("giving back twice frees one").isNotDone();
    }

    @Test
    void slotOfOneWhoHangsIsFreeAfterAWhile() throws Exception {
        var slots = new ReadingSlots(1, Duration.ofMillis(20));
        var hanging = slots.take(true);
        var next = slots.take(true);

        hanging.close();
        next.close();
        slots.take(true).close();
    }

    @Test
    void slotOfOneWhoAnsweredIsHeldUntilGivenBack() throws Exception {
        // Long enough to keep the slot before it is lost, on a busy machine too.
        var slots = new ReadingSlots(1, Duration.ofSeconds(2));
        var kept = slots.take(true);
        kept.keep();
        // The timer frees slots in the order of their times: had it freed the first, it would have done so before this
        // one.
        var others = slots.take(false);
        slots.take(false).close();
        var next = taking(slots, true);
        assertThat(next).isNotDone();

        kept.close();
        others.close();
        assertThat(next.get(2, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void hostsThatDidNotAnswerHaveSlotsOfTheirOwn() throws Exception {
        var slots = new ReadingSlots(1, LONG);
        slots.take(false);

        slots.take(true).close();
        assertThat(taking(slots, false)).isNotDone();
    }

    private static CompletableFuture<ReadingSlots.Slot> taking(ReadingSlots slots, boolean answered) {
        var taken = new CompletableFuture<ReadingSlots.Slot>();
        Thread.ofVirtual().start(() -> {
            try {
                taken.complete(slots.take(answered));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        return taken;
    }
}
