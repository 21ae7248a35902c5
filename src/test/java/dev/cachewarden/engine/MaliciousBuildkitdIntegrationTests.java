package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A buildkitd that varies every field of every message by rule, and the frames that carry them. The same is asked of it as of an engine:
 * see {@link MaliciousEngineIntegrationTests}.
 */
@Timeout(900)
class MaliciousBuildkitdIntegrationTests {

    private static final int EVERY = Integer.getInteger("cachewarden.test.malicious-engine", 9);
    private static final int SERVERS = Survival.AT_A_TIME;
    private static final List<String> METHODS =
            List.of("ListWorkers", "Info", "DiskUsage", "Prune", "ListenBuildHistory", "Status");

    /** Events of one stream that are stored; to store them takes longer than to read them. */
    private static final int MOST_STORED = 20;

    private static final Map<String, MaliciousBuildkitd.Script> HONEST = HonestMessages.BY_METHOD.entrySet().stream()
            .collect(Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> MaliciousBuildkitd.answer(List.of(entry.getValue().toByteString()))));

    private static final HostCapabilities CAPABILITIES =
            Capabilities.of(HonestMessages.WORKER, null, ControlAccess.DIRECT);

    private static final TestDatabase database = TestDatabase.create();

    @RegisterExtension
    static final HistoryContext history = HistoryContext.on(database, Survival.NOON.toString());

    private static final BlockingQueue<MaliciousBuildkitd> servers = new LinkedBlockingQueue<>();
    private static EnginePorts ports;
    private static EnginePorts impatient;
    private static MaliciousBuildkitd healthy;

    private final IntakeParts intake =
            IntakeParts.of(BuildStoreParts.builds(database), InstantSource.fixed(Survival.NOON));
    private Survival survival;

    @BeforeAll
    static void open() {
        ports = EnginePorts.open(Map.of());
        impatient = EnginePorts.open(Survival.IMPATIENT);
        healthy = new MaliciousBuildkitd(HONEST);
        for (int n = 0; n < SERVERS; n++) {
            servers.add(new MaliciousBuildkitd(HONEST));
        }
    }

    @AfterAll
    static void close() {
        ports.close();
        impatient.close();
        healthy.close();
        servers.forEach(MaliciousBuildkitd::close);
    }

    @BeforeEach
    void startEmpty() {
        history.clear();
        history.addBuilder("one");
        survival = new Survival(impatient, history);
    }

    @Test
    void honestlyItIsReadFollowedAndPruned() {
        var patient = new Survival(ports, history);
        var host = healthy.connection();

        assertThat(ports.prober().probe(host)).isInstanceOf(ProbeResult.Reached.class);
        patient.read("all", host, CAPABILITIES, false);
        patient.prune("all", host, CAPABILITIES);
        follow("all", ports, host);

        assertThat(count("cache_record")).isEqualTo(2);
        assertThat(count("build")).isEqualTo(1);
        assertThat(history.jdbc()
                        .queryForObject(
                                "select string_agg(b::text || s::text, '') from build b join build_step s on true",
                                String.class))
                .contains("RUN make")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListWorkers", "Info", "DiskUsage", "Prune", "ListenBuildHistory", "Status"})
    void everyFieldOfEveryMessage(String method) throws InterruptedException {
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        int n = 0;
        for (var odd : OddMessages.of(HonestMessages.of(method)).entrySet()) {
            boolean whole = !odd.getKey().startsWith("/");
            if (whole || n++ % EVERY == 0) {
                String what = method + ": " + odd.getKey();
                boolean mayBeEmpty = whole || odd.getKey().equals("/record missing");
                trials.put(
                        what,
                        () -> survives(
                                what,
                                method,
                                mayBeEmpty,
                                MaliciousBuildkitd.answer(List.of(odd.getValue().get()))));
            }
        }
        Survival.all(trials);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListWorkers", "Info", "DiskUsage", "Prune", "ListenBuildHistory", "Status"})
    void everyFormOfEveryCall(String method) throws InterruptedException {
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        int n = METHODS.indexOf(method);
        for (var form : OddCalls.of(HonestMessages.of(method).toByteString()).entrySet()) {
            // All methods share what reads the frames, so that they share the forms in the short form.
            if (n++ % Math.min(EVERY, METHODS.size() / 2) == 0) {
                String what = method + ": " + form.getKey();
                trials.put(what, () -> survives(what, method, false, form.getValue()));
            }
        }
        Survival.all(trials);
    }

    /** What is no HTTP/2, or breaks its rules. */
    @Test
    void everyFormOfConnection() throws InterruptedException {
        Map<String, Survival.Trial> trials = new LinkedHashMap<>();
        OddCalls.connections()
                .forEach((form, script) -> trials.put(form, () -> {
                    try (var server = ScriptedServer.plain().on("PRI", script)) {
                        var host = server.connection(HostKind.BUILDKITD);
                        survival.probe(form, host);
                        survival.read(form, host, CAPABILITIES, false);
                        survival.prune(form, host, CAPABILITIES);
                        follow(form, impatient, host);
                    }
                }));
        Survival.all(trials);
    }

    /** A list that is too large for one message, and empty in parts, is unknown and not empty. */
    @Test
    void aListThatIsTooLargeAndEmptyIsNoEmptyCache() throws InterruptedException {
        Survival.all(Map.of("parts", () -> {
            var server = servers.take();
            try {
                var calls = new AtomicInteger();
                server.on("DiskUsage", call -> {
                    MaliciousBuildkitd.headers(call);
                    if (calls.getAndIncrement() == 0) {
                        MaliciousBuildkitd.trailers(call, "8", "too large");
                    } else {
                        MaliciousBuildkitd.data(call, MaliciousBuildkitd.framed(ByteString.EMPTY));
                        MaliciousBuildkitd.trailers(call, "0", "");
                    }
                });
                survival.read("parts", server.connection(), CAPABILITIES, false);
            } finally {
                server.reset();
                servers.add(server);
            }
        }));
    }

    @Test
    void nothingIsLeftOpenAndNothingHeld() throws InterruptedException {
        everyFormOfEveryCall("DiskUsage");
        long files = Survival.openFiles();
        long bytes = Survival.heldBytes();

        everyFormOfEveryCall("DiskUsage");

        await().atMost(Duration.ofMinutes(1)).until(() -> Survival.openFiles() <= files + 2L * SERVERS);
        await().atMost(Duration.ofMinutes(1)).until(() -> Survival.heldBytes() < bytes + (48 << 20));
    }

    private void survives(String what, String method, boolean mayBeEmpty, MaliciousBuildkitd.Script script)
            throws InterruptedException {
        var server = servers.take();
        try {
            server.on(method, script);
            ask(what, method, mayBeEmpty, server.connection());
            // gRPC repeats a call once that the server says it has not begun; the same record is named.
            assertThat(server.prunes()).as(what).hasSizeLessThanOrEqualTo(2).allSatisfy(request -> {
                assertThat(parsed(request).getFilterList()).containsExactly("id==" + Survival.ID);
            });
        } finally {
            server.reset();
            servers.add(server);
        }
        assertThat(ports.reader().read(healthy.connection(), CAPABILITIES).records())
                .as("another host after " + what)
                .hasSize(2);
    }

    private void ask(String what, String method, boolean mayBeEmpty, HostConnection host) {
        switch (method) {
            case "ListWorkers" -> {
                survival.probe(what, host);
                survival.prune(what, host, CAPABILITIES);
            }
            case "Info" -> survival.probe(what, host);
            case "DiskUsage" -> survival.read(what, host, CAPABILITIES, mayBeEmpty);
            case "Prune" -> survival.prune(what, host, CAPABILITIES);
            case "ListenBuildHistory" -> {
                survival.probe(what, host);
                follow(what, impatient, host);
            }
            case "Status" -> {
                follow(what, impatient, host);
                followWhileItRuns(what, host);
            }
            default -> throw new IllegalArgumentException(method);
        }
    }

    /** Takes the builds that the host reports, as the service does: what it reports can be stored. */
    private void follow(String what, EnginePorts asking, HostConnection host) {
        var stored = new AtomicInteger();
        try {
            asking.history().listen(host, CAPABILITIES, Duration.ofMillis(300), event -> {
                if (stored.incrementAndGet() > MOST_STORED) {
                    return;
                }
                switch (event) {
                    case BuildHistoryEvent.Started started -> intake.running(Survival.BUILDER, started.build());
                    case BuildHistoryEvent.Ended ended ->
                        intake.ended(
                                Survival.BUILDER,
                                unique(ended.build()),
                                () -> progress(asking, host, ended.build().ref()));
                    case BuildHistoryEvent.CaughtUp none -> {}
                    case BuildHistoryEvent.Forgotten forgotten -> {}
                }
            });
        } catch (EngineUnreachableException | EngineRefusedException e) {
            Survival.assertShowable(what, host, String.valueOf(e.getMessage()));
        }
    }

    private int builds;

    /** A build that is known is not stored again. */
    private synchronized BuildHistoryRecord unique(BuildHistoryRecord build) {
        return new BuildHistoryRecord(
                "build" + ++builds,
                build.attributes(),
                build.error(),
                build.createdAt(),
                build.completedAt(),
                build.steps(),
                build.completedSteps(),
                build.cachedSteps());
    }

    private static BuildProgress progress(EnginePorts asking, HostConnection host, String ref) {
        return asking.history().progress(host, CAPABILITIES, ref, ProgressLimits.DEFAULT);
    }

    private void followWhileItRuns(String what, HostConnection host) {
        var pace = new BuildHistory.Pace(Duration.ofMillis(100), Duration.ofMillis(300));
        try {
            impatient
                    .history()
                    .follow(
                            host,
                            CAPABILITIES,
                            "build1",
                            ProgressLimits.DEFAULT,
                            pace,
                            soFar -> assertThat(soFar.vertices()).as(what).hasSizeLessThanOrEqualTo(10_000));
        } catch (EngineUnreachableException | EngineRefusedException e) {
            Survival.assertShowable(what, host, String.valueOf(e.getMessage()));
        }
    }

    private static PruneRequest parsed(ByteString request) {
        try {
            return PruneRequest.parseFrom(request);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static int count(String table) {
        return Objects.requireNonNull(history.jdbc().queryForObject("select count(*) from " + table, Integer.class));
    }
}
