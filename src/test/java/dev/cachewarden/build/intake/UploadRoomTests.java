package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.rest.BusyException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class UploadRoomTests {

    @Test
    void soManyAtATimeAndNoMore() {
        var room = room(3, 3, DataSize.ofMegabytes(10));
        var first = room.enter("a");
        room.enter("b");
        room.enter("c");

        assertThatThrownBy(() -> room.enter("d"))
                .isInstanceOf(BusyException.class)
                .hasMessage("Too many logs are being uploaded. Retry the upload later.");
        first.close();
        assertThat(room.enter("d")).isNotNull();
    }

    @Test
    void oneSenderDoesNotTakeThePlacesOfOthers() {
        var room = room(10, 2, DataSize.ofMegabytes(10));
        var first = room.enter("a");
        room.enter("a");

        assertThatThrownBy(() -> room.enter("a"))
                .hasMessage("Too many logs are being uploaded by this sender. Retry the upload later.");
        assertThat(room.enter("b")).isNotNull();
        first.close();
        assertThat(room.enter("a")).isNotNull();
    }

    @Test
    void allTogetherHoldNoMoreThanTheirMemory() {
        var room = room(1_000, 1_000, DataSize.ofMegabytes(4));
        var first = room.enter("a");
        var second = room.enter("b");
        first.holds(1 << 20);

        assertThatThrownBy(() -> second.holds(1 << 20)).isInstanceOf(BusyException.class);
        second.holds(100 << 10);
        first.holds(500 << 10);
        second.holds(1 << 20);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        room.enter("c");
                    }
                })
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("use all the memory");
    }

    @Test
    void whatEndedHoldsNothing() {
        var room = room(1_000, 1_000, DataSize.ofMegabytes(2));
        for (int i = 0; i < 1_000; i++) {
            try (var place = room.enter("a")) {
                place.holds(800 << 10);
            }
        }
        assertThat(room.enter("a")).isNotNull();
    }

    private static UploadRoom room(int most, int ofOne, DataSize memory) {
        return new UploadRoom(new BuildSettings(true, Duration.ofDays(90), Duration.ofHours(1), most, ofOne, memory));
    }
}
