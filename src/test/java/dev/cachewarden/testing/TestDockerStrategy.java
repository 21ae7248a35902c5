package dev.cachewarden.testing;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Leads Testcontainers to the engine that {@code CACHEWARDEN_TEST_DOCKER_HOST} names. Of itself it listens to {@code DOCKER_HOST} only,
 * which would also steer Cachewarden's own search for the local engine.
 */
public final class TestDockerStrategy extends DockerClientProviderStrategy {

    static final String HOST = "CACHEWARDEN_TEST_DOCKER_HOST";

    private final @Nullable String host = System.getenv(HOST);

    @Override
    protected boolean isApplicable() {
        return host != null && !host.isBlank();
    }

    @Override
    public TransportConfig getTransportConfig() {
        return TransportConfig.builder()
                .dockerHost(URI.create(String.valueOf(host)))
                .build();
    }

    @Override
    public String getDescription() {
        return HOST + "=" + host;
    }

    /** Before all that Testcontainers would find by itself. */
    @Override
    protected int getPriority() {
        return 1_000;
    }

    /** Not for other projects: what is persisted lies in the user's home directory. */
    @Override
    protected boolean isPersistable() {
        return false;
    }
}
