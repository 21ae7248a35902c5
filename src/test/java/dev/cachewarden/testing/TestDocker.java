package dev.cachewarden.testing;

import com.github.dockerjava.api.DockerClient;
import org.junit.jupiter.api.Assertions;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker Engine that runs the containers which tests need: the one that {@code CACHEWARDEN_TEST_DOCKER_HOST} names
 * ({@code src/test/engines/engines env} prints it), else the ordinary one of this machine.
 */
public final class TestDocker {

    private TestDocker() {}

    /** A client of it; skips the calling test, or fails it, where there is none. */
    public static DockerClient client() {
        var factory = DockerClientFactory.instance();
        boolean there = factory.isDockerAvailable();
        String wanted = System.getenv(TestDockerStrategy.HOST);
        if (wanted != null && !wanted.isBlank()) {
            Assertions.assertTrue(
                    there && factory.isUsing(TestDockerStrategy.class),
                    () -> TestDockerStrategy.HOST + " is " + wanted
                            + ", but Testcontainers does not use it: either nobody answers "
                            + "there, or DOCKER_HOST or ~/.testcontainers.properties lead elsewhere");
        } else if (!there) {
            return skipOrFail("there is no Docker Engine");
        }
        return factory.client();
    }

    static <T> T skipOrFail(String reason) {
        return Missing.skipOrFail(
                "docker",
                reason
                        + "; start Docker, or as root: src/test/engines/engines up net && src/test/engines/engines images, "
                        + "then eval \"$(src/test/engines/engines env)\"");
    }
}
