package dev.cachewarden.engine.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.cachewarden.engine.buildkit.Backlog.StreamItem;
import dev.cachewarden.engine.buildkit.wire.VertexLog;
import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTests {

    private static final int OVERHEAD = 3;

    private final Backlog.Room room = new Backlog.Room(150);
    private final Backlog<VertexLog> other = new Backlog<>(100, room);
    private final Backlog<VertexLog> backlog = new Backlog<>(100, room);

    @Test
    void keepsWhatThereIsRoomForAndCountsTheRest() throws InterruptedException {
        assertThat(backlog.add(log(60))).isTrue();
        assertThat(backlog.add(log(41))).isFalse();
        assertThat(backlog.add(log(40))).isTrue();
        assertThat(backlog.add(log(10))).isFalse();
        backlog.end(null);

        assertThat(size(backlog.next(Duration.ZERO))).isEqualTo(60);
        assertThat(size(backlog.next(Duration.ZERO))).isEqualTo(40);
        assertThat(backlog.next(Duration.ZERO)).isEqualTo(new StreamItem.Ended<>(null));
        assertThat(backlog.next(Duration.ZERO)).isNull();
        assertThat(backlog.left()).isEqualTo(2);
    }

    @Test
    void countsMessagesThatHaveNoBytes() {
        var free = new Backlog<VertexLog>(Long.MAX_VALUE, new Backlog.Room(Long.MAX_VALUE));
        for (int n = 0; n < Backlog.MOST_MESSAGES; n++) {
            assertThat(free.add(VertexLog.getDefaultInstance())).isTrue();
        }

        assertThat(free.add(VertexLog.getDefaultInstance())).isFalse();
    }

    @Test
    void hasRoomAgainForWhatWasRead() throws InterruptedException {
        backlog.add(log(90));
        backlog.next(Duration.ZERO);

        assertThat(backlog.add(log(90))).isTrue();
        assertThat(backlog.left()).isZero();
    }

    @Test
    void hasRoomForOneHoweverLarge() {
        assertThat(backlog.add(log(1_000))).isTrue();
        assertThat(backlog.add(log(10))).isFalse();
    }

    @Test
    void sharesTheRoomWithOthers() throws InterruptedException {
        other.add(log(90));
        assertThat(backlog.add(log(10))).isTrue();
        assertThat(backlog.add(log(60))).isFalse();

        other.next(Duration.ZERO);

        assertThat(backlog.add(log(60))).isTrue();
    }

    @Test
    void reportsWhetherOthersUsedTheSpace() {
        other.add(log(90));
        backlog.add(log(10));
        backlog.add(log(60));
        other.add(log(20));

        assertThat(backlog.crowded()).isTrue();
        assertThat(other.crowded()).as("its own limit comes first").isFalse();
    }

    @Test
    void othersLeaveNoneWithoutRoomForOne() {
        other.add(log(1_000));

        assertThat(backlog.add(log(10))).isTrue();
        assertThat(backlog.add(log(10))).isFalse();
    }

    @Test
    void releasesItsSpaceWhenReadingStops() {
        other.add(log(90));
        backlog.add(log(10));

        other.close();

        assertThat(other.add(log(10))).isFalse();
        assertThat(backlog.add(log(60))).isTrue();
    }

    @Test
    void anEndAlwaysHasRoom() throws InterruptedException {
        backlog.add(log(100));
        var failure = Status.UNAVAILABLE.asRuntimeException();
        backlog.end(failure);

        backlog.next(Duration.ZERO);
        assertThat(backlog.next(Duration.ZERO)).isEqualTo(new StreamItem.Ended<>(failure));
    }

    private static VertexLog log(int size) {
        return VertexLog.newBuilder()
                .setMsg(ByteString.copyFrom(new byte[size - (size > 127 + OVERHEAD ? OVERHEAD : 2)]))
                .build();
    }

    private static int size(@Nullable StreamItem<VertexLog> items) {
        return items instanceof StreamItem.Message<VertexLog> kept
                ? kept.message().getSerializedSize()
                : 0;
    }
}
