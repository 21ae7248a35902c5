package dev.cachewarden.host.registry;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The possible addresses of this machine's engine, in the order of the docker CLI. If {@code DOCKER_HOST} is set, it is the only one.
 * Otherwise the current context comes first, and then the usual sockets.
 */
final class LocalEnginePlaces {

    private static final JsonMapper JSON = new JsonMapper();

    private final UnaryOperator<@Nullable String> environment;
    private final Path home;

    /**
     * @param environment returns the value of a variable, or null
     * @param home the user's home directory
     */
    LocalEnginePlaces(UnaryOperator<@Nullable String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /** An address to try, or the reason why there is none. */
    sealed interface Place {

        String name();

        record At(String name, HostAddress address) implements Place {}

        record Unusable(String name, String problem) implements Place {}
    }

    List<Place> inOrder() {
        String dockerHost = variable("DOCKER_HOST");
        if (dockerHost != null) {
            return List.of(place("DOCKER_HOST", dockerHost, tlsOfEnvironment()));
        }
        var places = new ArrayList<Place>();
        String context = currentContext(places);
        if (context != null && !context.equals("default")) {
            places.add(ofContext(context));
        }
        places.add(socket(Path.of("/var/run/docker.sock")));
        String runtime = variable("XDG_RUNTIME_DIR");
        if (runtime != null && Path.of(runtime).isAbsolute()) {
            // The socket of a rootless engine.
            places.add(socket(Path.of(runtime, "docker.sock")));
        }
        return places;
    }

    private static Place socket(Path path) {
        return new Place.At(path.toString(), new HostAddress.UnixSocket(path));
    }

    private static Place place(String name, String address, @Nullable TlsFiles tls) {
        try {
            // The CLI uses TLS only for TCP ports, regardless of the variables.
            return new Place.At(name, HostAddress.parse(address, address.startsWith("tcp://") ? tls : null));
        } catch (IllegalArgumentException e) {
            return new Place.Unusable(name, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable TlsFiles tlsOfEnvironment() {
        if (variable("DOCKER_TLS_VERIFY") == null && variable("DOCKER_TLS") == null) {
            return null;
        }
        String directory = variable("DOCKER_CERT_PATH");
        return TlsFiles.in(directory == null ? configuration() : Path.of(directory));
    }

    private Path configuration() {
        String directory = variable("DOCKER_CONFIG");
        return directory == null ? home.resolve(".docker") : Path.of(directory);
    }

    private @Nullable String currentContext(List<Place> places) {
        String named = variable("DOCKER_CONTEXT");
        if (named != null) {
            return named;
        }
        Path file = configuration().resolve("config.json");
        if (!Files.isReadable(file)) {
            return null;
        }
        try {
            String context =
                    JSON.readTree(Files.readString(file)).path("currentContext").asString("");
            return context.isEmpty() ? null : context;
        } catch (IOException | JacksonException e) {
            places.add(new Place.Unusable(file.toString(), "The file cannot be read: " + e.getMessage()));
            return null;
        }
    }

    private Place ofContext(String context) {
        String name = "Docker context '" + context + "'";
        String directory = sha256(context);
        Path file = configuration().resolve(Path.of("contexts", "meta", directory, "meta.json"));
        try {
            String address = JSON.readTree(Files.readString(file))
                    .path("Endpoints")
                    .path("docker")
                    .path("Host")
                    .asString("");
            if (address.isEmpty()) {
                return new Place.Unusable(name, "It contains no engine address");
            }
            Path tls = configuration().resolve(Path.of("contexts", "tls", directory, "docker"));
            return place(name, address, Files.isDirectory(tls) ? TlsFiles.in(tls) : null);
        } catch (IOException | JacksonException e) {
            return new Place.Unusable(name, "The context does not exist: " + file + " cannot be read");
        }
    }

    private @Nullable String variable(String name) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide SHA-256", e);
        }
    }
}
