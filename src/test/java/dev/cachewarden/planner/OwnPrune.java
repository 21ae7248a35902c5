package dev.cachewarden.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** An engine's own prune, with limits and filters, as the service never asks for it. */
final class OwnPrune {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI address;
    private final String version;

    OwnPrune(HostConnection engine, HostCapabilities capabilities) {
        this.address = engine.address() instanceof HostAddress.UnixSocket socket
                ? URI.create("unix://" + socket.path())
                : URI.create(engine.address().text());
        this.version = "/v" + capabilities.apiVersion();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Deletes all images and all of the cache. */
    void empty() {
        send("/images/prune?filters=" + encoded("{\"dangling\":[\"false\"]}"));
        prune("all=1");
    }

    /** Prunes, and gives the ids of what went, in the order in which it went. */
    List<String> prune(String query) {
        var ids = new ArrayList<String>();
        for (var id : JSON.readTree(send("/build/prune?" + query)).path("CachesDeleted")) {
            ids.add(id.asString());
        }
        return ids;
    }

    private String send(String path) {
        try (var client = new ZerodepDockerHttpClient.Builder()
                        .dockerHost(address)
                        .build();
                var answer = client.execute(Request.builder()
                        .method(Request.Method.POST)
                        .path(version + path)
                        .body(new ByteArrayInputStream(new byte[0]))
                        .build())) {
            String body = new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer.getStatusCode()).as("%s: %s", path, body).isEqualTo(200);
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
