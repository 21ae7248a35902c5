package dev.cachewarden.engine.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Messages that protobuf reads, and that report less than was sent. */
class WireTypesTests {

    private static final Field TEXT = Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8("yes"))
            .build();
    private static final Field NUMBER = Field.newBuilder().addVarint(1).build();

    private final ControlClient client = new ControlClient(
            new EngineSettings(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    DataSize.ofMegabytes(1),
                    Limits.DEFAULT),
            InstantSource.system());
    private FakeBuildkitd buildkitd;

    @BeforeEach
    void start() throws IOException {
        buildkitd = FakeBuildkitd.onPort();
    }

    @AfterEach
    void stop() {
        client.close();
        buildkitd.close();
    }

    @Test
    void aListOfAnotherTypeIsNoEmptyCache() {
        answer(DiskUsageResponse.newBuilder().setUnknownFields(only(1, NUMBER)).build());

        refuses("record has an unexpected type");
    }

    @Test
    void aRecordWhoseUseIsOfAnotherTypeIsNotFree() {
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("abc")
                .setUnknownFields(only(3, TEXT))
                .build());

        refuses("in_use of cache record abc has an unexpected type");
    }

    /** A newer BuildKit may add some. */
    @Test
    void ignoresUnknownFields() {
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("abc")
                .setUnknownFields(only(99, TEXT))
                .build());

        assertThat(client.diskUsage(buildkitd.connection(), ControlAccess.DIRECT))
                .hasSize(1);
    }

    @Test
    void aTimeThatNoStoreHoldsIsNotTakenForNone() {
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("abc")
                .setLastUsedAt(Timestamp.newBuilder().setSeconds(253_402_300_800L))
                .build());

        refuses("last_used_at of cache record abc is 253402300800 s, which is out of range");
    }

    /** It was said to be too large for one message. */
    @Test
    void aListThatIsEmptyInPartsIsNoEmptyCache() {
        var calls = new AtomicInteger();
        buildkitd.onDiskUsage((request, out) -> {
            if (calls.getAndIncrement() == 0) {
                out.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
            } else {
                out.onNext(DiskUsageResponse.getDefaultInstance());
                out.onCompleted();
            }
        });

        refuses("it was too large for one message, but a request in parts returned no record");
    }

    private void answer(DiskUsageResponse response) {
        buildkitd.onDiskUsage((request, out) -> {
            out.onNext(response);
            out.onCompleted();
        });
    }

    private void refuses(String why) {
        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> client.diskUsage(buildkitd.connection(), ControlAccess.DIRECT))
                .withMessage("bk-1 at " + buildkitd.connection().address().text()
                        + " returned an invalid response to Control/DiskUsage: " + why);
    }

    private static UnknownFieldSet only(int number, Field value) {
        return UnknownFieldSet.newBuilder().addField(number, value).build();
    }
}
