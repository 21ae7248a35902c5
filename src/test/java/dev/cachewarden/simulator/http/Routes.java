package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.state.ApiVersion;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Engine API: from a request to its answer. */
final class Routes {

    private static final Pattern VERSIONED = Pattern.compile("/v(\\d{1,4}\\.\\d{1,4})(/.*)");
    private static final List<String> KNOWN = List.of(
            "GET /_ping",
            "HEAD /_ping",
            "GET /version",
            "GET /info",
            "GET /system/df",
            "GET /events",
            "POST /build/prune",
            "POST /grpc");

    private final EngineState engine;

    Routes(EngineState engine) {
        this.engine = engine;
    }

    /** A request, its version split off. */
    private record Call(String route, @Nullable ApiVersion asked, Map<String, List<String>> query) {
        static Call of(FullHttpRequest request) {
            var uri = new QueryStringDecoder(request.uri());
            String path = uri.path();
            ApiVersion asked = null;
            var versioned = VERSIONED.matcher(path);
            if (versioned.matches()) {
                asked = ApiVersion.of(versioned.group(1));
                path = versioned.group(2);
            }
            return new Call(request.method() + " " + path, asked, uri.parameters());
        }
    }

    void answer(FullHttpRequest request, Channel channel, Consumer<Answer> reply) {
        var call = Call.of(request);
        engine.requests().add(call.route(), request.method() + " " + request.uri());
        var faulty = FaultyAnswers.of(engine, call.route());
        if (faulty != null) {
            reply.accept(faulty);
            return;
        }
        try {
            route(call, request, channel, reply);
        } catch (RefusedException e) {
            reply.accept(refusal(call, e));
        }
    }

    private void route(Call call, FullHttpRequest request, Channel channel, Consumer<Answer> reply) {
        if (!knows(call.route())) {
            throw new RefusedException(404, "page not found");
        }
        var api = negotiated(call.asked());
        switch (call.route()) {
            case "POST /build/prune" ->
                new PruneRequest(engine, channel, reply)
                        .start(new PruneParameters(engine, api, call.query()).options());
            case "POST /grpc" -> reply.accept(upgrade(request));
            default -> reply.accept(read(call, api));
        }
    }

    private Answer read(Call call, ApiVersion api) {
        return switch (call.route()) {
            case "GET /version" -> Answer.Whole.json(200, EngineTexts.version(engine));
            case "GET /info" ->
                Answer.Whole.json(200, engine.lies(Fault.Lie.MISSING_KEYS) ? "{}\n" : EngineTexts.info(engine));
            case "GET /system/df" -> DiskUsage.of(engine, api, call.query());
            case "GET /events" -> Events.of(engine, api, call.query());
            default -> ping(call.route().startsWith("HEAD"));
        };
    }

    private boolean knows(String route) {
        var generation = engine.generation();
        return KNOWN.contains(route)
                && (generation.upgradesToGrpc() || !route.endsWith("/grpc"))
                && (generation.knowsHeadPing() || !route.startsWith("HEAD"));
    }

    private ApiVersion negotiated(@Nullable ApiVersion asked) {
        var generation = engine.generation();
        if (asked == null) {
            return generation.api();
        }
        if (asked.compareTo(generation.api()) > 0) {
            throw new RefusedException(
                    400,
                    "client version " + asked + " is too new. Maximum supported API version is " + generation.api());
        }
        if (asked.compareTo(generation.oldestApi()) < 0) {
            throw new RefusedException(
                    400,
                    "client version " + asked + " is too old. Minimum supported API version is "
                            + generation.oldestApi() + ", please upgrade your client to a newer version");
        }
        return asked;
    }

    private Answer ping(boolean head) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Cache-Control", "no-cache, no-store, must-revalidate");
        headers.put("Pragma", "no-cache");
        if (engine.generation().reportsBuilderVersion()) {
            headers.put("Builder-Version", "2");
            headers.put("Swarm", "inactive");
        }
        return new Answer.Whole(200, "text/plain; charset=utf-8", head ? "" : "OK", headers);
    }

    private static Answer upgrade(FullHttpRequest request) {
        String protocol = request.headers().get(HttpHeaderNames.UPGRADE);
        if (protocol == null) {
            throw new RefusedException(500, "no upgrade proto in request");
        }
        if (!protocol.equals("h2c")) {
            throw new RefusedException(500, "protocol " + protocol + " not supported");
        }
        return new Answer.UpgradeToGrpc();
    }

    private Answer refusal(Call call, RefusedException refused) {
        var asked = call.asked();
        boolean plain =
                asked != null && !asked.atLeast(24) && engine.generation().plainErrorsOnAncientApi();
        return plain
                ? new Answer.Whole(refused.status(), "text/plain; charset=utf-8", refused.message() + "\n", Map.of())
                : Answer.Whole.json(refused.status(), Json.message(refused.message()));
    }
}
