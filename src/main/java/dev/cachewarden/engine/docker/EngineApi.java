package dev.cachewarden.engine.docker;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BuilderEvents.PruneEvent;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.engine.docker.HttpExchange.Ask;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.text.CleanText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client of the part of the Engine HTTP API that concerns build caches, for one engine. Every path except those of ping and version
 * contains the API version. Without it, an engine answers in its newest format.
 *
 * <p>Each method throws {@link dev.cachewarden.engine.EngineRefusedException} or {@link dev.cachewarden.engine.EngineUnreachableException}.
 */
public final class EngineApi implements AutoCloseable {

    private final HttpExchange http;
    private final Failures failures;
    private final Duration limit;

    private EngineApi(HttpExchange http, Duration limit) {
        this.http = http;
        this.failures = http.failures();
        this.limit = limit;
    }

    /** Returns a client for a few calls. It sends nothing yet. */
    public static EngineApi of(HostConnection engine, EngineSettings settings) {
        return new EngineApi(new HttpExchange(engine, settings), settings.callTimeout());
    }

    /** Pings the engine. The exception identifies other services at the address. */
    public PingAnswer ping() {
        // Many proxies allow only GET.
        return http.askAnyStatus(new Ask("HEAD", "/_ping", limit), this::headPing)
                .orElseGet(() -> http.askAnyStatus(new Ask("GET", "/_ping", limit), this::ping));
    }

    private Optional<PingAnswer> headPing(Answer answer) throws IOException {
        boolean reported = answer.status() == 200 && answer.header("Api-Version") != null;
        return reported ? Optional.of(ping(answer)) : Optional.empty();
    }

    private PingAnswer ping(Answer answer) throws IOException {
        String version = answer.header("Api-Version");
        if (version == null) {
            throw notAnEngine(answer);
        }
        if (answer.header("Libpod-Api-Version") != null) {
            throw failures.notAnEngine("it is Podman, which has no BuildKit", null);
        }
        if (answer.status() >= 400) {
            throw failures.problem(
                    HostProblem.Cause.ENGINE_ERROR,
                    failures.who() + " responded to the ping with " + answer.status()
                            + answer.errorMessage().transform(message -> message.isEmpty() ? "" : ": " + message),
                    null);
        }
        String builder = answer.header("Builder-Version");
        return new PingAnswer(
                VersionJson.version("Api-Version", version), builder == null ? null : CleanText.line(builder, 64));
    }

    private RuntimeException notAnEngine(Answer answer) throws IOException {
        if (answer.asksForTls()) {
            return failures.speaksTls();
        }
        if (answer.status() == 401 || answer.status() == 403) {
            return failures.problem(
                    HostProblem.Cause.FORBIDDEN, failures.who() + " denies access with " + answer.status(), null);
        }
        return failures.notAnEngine("GET /_ping returned " + answer.status() + " without an Api-Version header", null);
    }

    /** Returns the engine's version and its supported API versions. */
    public VersionAnswer version() {
        return http.ask(new Ask("GET", "/version", limit), answer -> VersionJson.read(answer.json()));
    }

    /** Returns the newest API version that both sides support. */
    public ApiVersion negotiate(VersionAnswer engine) {
        return ApiVersion.negotiate(engine, failures);
    }

    /** Returns the engine's ID and its data directory. */
    public InfoAnswer info(ApiVersion version) {
        return http.ask(get(version, "/info"), answer -> InfoJson.read(answer.json()));
    }

    /** Returns all records of the build cache. */
    public List<CacheRecord> buildCache(ApiVersion version) {
        String what = "/system/df?type=build-cache";
        if (version.compareTo(ApiVersion.DF_VERBOSE) >= 0) {
            what += "&verbose=1";
        }
        return http.ask(get(version, what), answer -> DiskUsageJson.read(answer.json(), version));
    }

    /** Returns the prunes requested over this API between two times, both inclusive. The engine answers only after the later time. */
    public List<PruneEvent> prunes(ApiVersion version, Instant since, Instant until) {
        String filters = encoded("{\"type\":[\"builder\"],\"event\":[\"prune\"]}");
        String path = "/events?since=" + seconds(since) + "&until=" + seconds(until) + "&filters=" + filters;
        return http.ask(get(version, path), answer -> EventsJson.read(answer.json()));
    }

    /**
     * Deletes one record, if it is not in use and has no children.
     *
     * @param id letters and digits only
     */
    public PruneAnswer prune(ApiVersion version, String id, Duration within) {
        if (!CacheRecord.isBuildKitId(id)) {
            throw new IllegalArgumentException("'" + id + "' is not a cache record ID; nothing was sent");
        }
        // The engine interprets the ID filter as an unanchored regular expression, so "a" would match every ID that
        // contains an a.
        String filters = encoded("{\"id\":[\"^" + id + "$\"]}");
        var ask = new Ask("POST", "/v" + version + "/build/prune?all=1&filters=" + filters, within);
        return http.ask(ask, answer -> PruneJson.read(answer.json()));
    }

    private Ask get(ApiVersion version, String path) {
        return new Ask("GET", "/v" + version + path, limit);
    }

    private static String seconds(Instant time) {
        return String.format(Locale.ROOT, "%d.%09d", time.getEpochSecond(), time.getNano());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }

    /**
     * The headers of {@code /_ping}.
     *
     * @param newest the newest API version that the engine supports
     * @param builder {@code Builder-Version}: 2 offers BuildKit to clients, 1 the classic builder; null if not sent, as by engines up to 20.10
     *     unless configured
     */
    public record PingAnswer(ApiVersion newest, @Nullable String builder) {}
}
