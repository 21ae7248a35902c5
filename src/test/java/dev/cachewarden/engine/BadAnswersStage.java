package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** An engine that returns responses written for a test. */
abstract class BadAnswersStage {

    static final String DF = "GET /v1.51/system/df?type=build-cache";

    static final String ENDPOINT = "GET /v1.51/system/df";

    static EnginePorts ports;

    ScriptedServer server;

    @BeforeAll
    static void open() {
        ports = EnginePorts.open(
                Map.of("cachewarden.engine.call-timeout", "1m", "cachewarden.engine.max-answer-size", "1MB"));
    }

    @AfterAll
    static void close() {
        ports.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.plain();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static String with(String recorded, String instead) {
        String whole = Recorded.text("docker/df-28.5.json");
        assertThat(whole).contains(recorded);
        return whole.replace(recorded, instead);
    }

    HostProblem problem() {
        return catchThrowableOfType(EngineUnreachableException.class, this::read)
                .problem();
    }

    HostProblem bad(String what) {
        return new HostProblem(
                Cause.BAD_ANSWER,
                "ci-1 at " + server.address() + " returned an invalid response to " + ENDPOINT + ": " + what);
    }

    List<CacheRecord> read() {
        return read(ports);
    }

    List<CacheRecord> read(EnginePorts by) {
        return by.reader()
                .read(server.connection(), Capabilities.ofEngine("1.51"))
                .records();
    }
}
