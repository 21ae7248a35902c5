package dev.cachewarden.engine.buildkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.engine.TestTls;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostProblem.Cause;
import dev.cachewarden.testing.HeldPort;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

class ControlClientTests {

    private final ControlClient client = client(Duration.ofMinutes(2));
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

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "NATIVE"})
    void readsOverAPort(ControlAccess access) {
        assertThat(client.workers(buildkitd.connection(), access))
                .singleElement()
                .satisfies(worker -> {
                    assertThat(worker.id()).isEqualTo(FakeBuildkitd.WORKER_ID);
                    assertThat(worker.gcPolicies()).singleElement().satisfies(policy -> {
                        assertThat(policy.keepDuration()).isEqualTo(Duration.ofHours(48));
                        assertThat(policy.maxUsedSpace()).isEqualTo(new ByteSize(512_000_000));
                        assertThat(policy.filters()).containsExactly("type==source.local");
                    });
                });
        assertThat(client.version(buildkitd.connection(), access)).isEqualTo("v0.32.2");
    }

    @Test
    void readsOverASocket(@TempDir Path folder) throws IOException {
        try (var listening = FakeBuildkitd.onSocket(folder.resolve("buildkitd.sock"))) {
            assertThat(client.version(listening.connection(), ControlAccess.DIRECT))
                    .isEqualTo("v0.32.2");
        }
    }

    @Test
    void readsOverTls() throws IOException {
        try (var listening = FakeBuildkitd.withTls(TestTls.CLIENT)) {
            assertThat(client.version(listening.connection(), ControlAccess.DIRECT))
                    .isEqualTo("v0.32.2");
        }
    }

    @Test
    void infoIsUnknownToOldBuildKit() {
        buildkitd.withoutInfo();

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(() -> client.version(buildkitd.connection(), ControlAccess.DIRECT))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo("UNIMPLEMENTED"));
    }

    @Test
    void comesBackAtOnceWhenTheHostDoes() throws IOException {
        try (var port = HeldPort.take()) {
            buildkitd.close();
            buildkitd = FakeBuildkitd.on(port);
            client.version(buildkitd.connection(), ControlAccess.DIRECT);
            buildkitd.close();
            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() -> client.version(buildkitd.connection(), ControlAccess.DIRECT));

            buildkitd = FakeBuildkitd.on(port);

            assertThat(client.version(buildkitd.connection(), ControlAccess.DIRECT))
                    .isEqualTo("v0.32.2");
        }
    }

    @Test
    void readsEachFieldOfARecord() {
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("abc")
                .setMutable(true)
                .setInUse(true)
                .setSize(70)
                .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(5))
                .setLastUsedAt(Timestamp.newBuilder().setSeconds(1_700_000_100))
                .setUsageCount(3)
                .setDescription("mount / from exec")
                .setRecordType("exec.cachemount")
                .setShared(true)
                .addParents("p1")
                .addParents("p2")
                .build());

        assertThat(read())
                .containsExactly(new CacheRecord(
                        "abc",
                        RecordType.EXEC_CACHEMOUNT,
                        List.of("p1", "p2"),
                        "mount / from exec",
                        true,
                        true,
                        true,
                        new ByteSize(70),
                        Instant.ofEpochSecond(1_700_000_000, 5),
                        Instant.ofEpochSecond(1_700_000_100),
                        3));
    }

    @Test
    void readsTheOneParentOfOldBuildKit() {
        buildkitd.holds(UsageRecord.newBuilder().setId("abc").setParent("p1").build());

        assertThat(read()).extracting(CacheRecord::parents).containsExactly(List.of("p1"));
    }

    @Test
    void goTimesOfYearOneAreUnknown() {
        var yearOne = Timestamp.newBuilder().setSeconds(-62_135_596_800L);
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("abc")
                .setCreatedAt(yearOne)
                .setLastUsedAt(yearOne)
                .build());

        assertThat(read()).singleElement().satisfies(record -> {
            assertThat(record.createdAt()).isNull();
            assertThat(record.lastUsedAt()).isNull();
            assertThat(record.type()).isEqualTo(RecordType.UNKNOWN);
        });
    }

    @Test
    void refusesValuesThatCannotBe() {
        buildkitd.holds(UsageRecord.newBuilder().setId("abc").setSize(-1).build());
        assertBad("size of cache record abc is -1, which is out of range");
        buildkitd.holds(UsageRecord.newBuilder().setId("abc").setUsageCount(-1).build());
        assertBad("usage_count of cache record abc is -1, which is out of range");
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("abc")
                .setCreatedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
                .build());
        assertBad("created_at of cache record abc is 9223372036854775807 s, which is out of range");
        buildkitd.holds(UsageRecord.newBuilder().setSize(1).build());
        assertBad("the id of a cache record is blank");
        var twice = UsageRecord.newBuilder().setId("abc").build();
        buildkitd.holds(twice, twice);
        assertBad("cache record abc is listed twice");
    }

    @Test
    void asksInPartsForWhatIsTooLargeForOneMessage() {
        var ids = IntStream.range(0, 2_000)
                .mapToObj(n -> new StringBuilder(Integer.toString(n * 31, 36)).reverse() + "x" + n)
                .toList();
        var asked = new ArrayList<String>();
        buildkitd.onDiskUsage((request, out) -> {
            asked.addAll(request.getFilterList());
            var wanted = Pattern.compile(
                    request.getFilterCount() == 0 ? "" : request.getFilter(0).replace("id~=", ""));
            var found = ids.stream().filter(id -> wanted.matcher(id).find()).toList();
            if (found.size() > 50) {
                out.onError(Status.RESOURCE_EXHAUSTED
                        .withDescription("trying to send message larger than max")
                        .asRuntimeException());
                return;
            }
            var answer = DiskUsageResponse.newBuilder();
            found.forEach(id -> answer.addRecord(UsageRecord.newBuilder().setId(id)));
            out.onNext(answer.build());
            out.onCompleted();
        });

        assertThat(read()).extracting(CacheRecord::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(asked).contains("id~=^0", "id~=^z").hasSizeGreaterThan(36);
    }

    @Test
    void givesUpWhereEvenPartsAreTooLarge() {
        buildkitd.onDiskUsage((request, out) -> out.onError(
                Status.RESOURCE_EXHAUSTED.withDescription("too large").asRuntimeException()));

        assertBad("it is larger than allowed (too large)");
    }

    @Test
    void messageBeyondTheLimit() {
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("a")
                .setDescription("x".repeat(17 << 20))
                .build());

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(this::read)
                .withMessageContaining("a message is larger than cachewarden.engine.limits.max-message-size allows");
    }

    @Test
    void partsCountTogether() {
        buildkitd.onDiskUsage((request, out) -> {
            if (request.getFilterCount() == 0) {
                out.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
                return;
            }
            out.onNext(DiskUsageResponse.newBuilder()
                    .addRecord(UsageRecord.newBuilder()
                            .setId(request.getFilter(0).replace("id~=^", ""))
                            .setDescription("x".repeat(600 << 10)))
                    .build());
            out.onCompleted();
        });

        assertBad("it is larger than the 1.0 MiB allowed by cachewarden.engine.max-answer-size");
    }

    @Test
    void trailersBeyondTheLimit() {
        buildkitd.onDiskUsage((request, out) ->
                out.onError(Status.UNKNOWN.withDescription("x".repeat(100_000)).asRuntimeException()));

        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(this::read)
                .withMessageContaining("max-metadata-size");
    }

    @Test
    void idsAndParentsBeyondTheirLimits() {
        buildkitd.holds(UsageRecord.newBuilder().setId("a".repeat(200)).build());
        assertBad("the id of a cache record is longer than 128 characters"
                + " (cachewarden.engine.limits.max-id-length)");

        var parents = IntStream.range(0, 1_001).mapToObj(n -> "p" + n).toList();
        buildkitd.holds(
                UsageRecord.newBuilder().setId("a").addAllParents(parents).build());
        assertBad(
                "it has more than 1000 parents of cache record a (limit:" + " cachewarden.engine.limits.max-parents)");
    }

    @Test
    void descriptionsAreCleanedCutAndWithoutSecrets() {
        buildkitd.holds(UsageRecord.newBuilder()
                .setId("a")
                .setDescription("curl\0 https://ops:hunter2hunter2@example.test " + "z".repeat(9_000))
                .build());

        assertThat(read())
                .singleElement()
                .satisfies(record -> assertThat(record.description())
                        .startsWith("curl\uFFFD https://")
                        .doesNotContain("hunter2")
                        .hasSize(4_096));
    }

    @Test
    void buildKitsErrorsAreRefusals() {
        buildkitd.onDiskUsage((request, out) ->
                out.onError(Status.UNKNOWN.withDescription("database not open").asRuntimeException()));

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("bk-1 refused Control/DiskUsage with UNKNOWN: database not open");
    }

    @Test
    void silenceEndsAtTheDeadline() {
        buildkitd.onDiskUsage((request, out) -> {});

        try (var impatient = client(Duration.ofSeconds(2))) {
            assertThatExceptionOfType(EngineUnreachableException.class)
                    .isThrownBy(() -> impatient.diskUsage(buildkitd.connection(), ControlAccess.DIRECT))
                    .withMessage("bk-1 at " + buildkitd.connection().address().text()
                            + " did not respond to Control/DiskUsage within 2 s. The engine may be overloaded")
                    .satisfies(thrown -> assertThat(thrown.problem().cause()).isEqualTo(Cause.TIMEOUT));
        }
    }

    private static ControlClient client(Duration callTimeout) {
        var settings = new EngineSettings(
                Duration.ofMinutes(1),
                callTimeout,
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(1),
                Limits.DEFAULT);
        return new ControlClient(settings, InstantSource.system());
    }

    private List<CacheRecord> read() {
        return client.diskUsage(buildkitd.connection(), ControlAccess.DIRECT);
    }

    private void assertBad(String what) {
        assertThatThrownBy(this::read)
                .isInstanceOf(EngineUnreachableException.class)
                .hasMessage("bk-1 at " + buildkitd.connection().address().text()
                        + " returned an invalid response to Control/DiskUsage: " + what);
    }
}
