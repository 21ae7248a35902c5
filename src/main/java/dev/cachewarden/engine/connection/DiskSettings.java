package dev.cachewarden.engine.connection;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and credentials for disk measurements.
 *
 * @param timeout maximum time of one measurement
 * @param maxAnswerSize maximum size of an answer of a node_exporter; Cachewarden stops reading a larger one
 * @param knownHosts file of the trusted SSH host keys, in OpenSSH's format. {@code ~} is the home directory of the Cachewarden user.
 *     Cachewarden does not log in to other hosts
 * @param sshSessions maximum number of concurrent logins
 * @param localEngine {@code <data root>=<engine ID>} of a local engine whose data root only root can read; the start script of the image
 *     sets it. Null if the service reads the ID itself
 */
@ConfigurationProperties("cachewarden.engine.disk")
record DiskSettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("32MB") DataSize maxAnswerSize,
        @DefaultValue("~/.ssh/known_hosts") Path knownHosts,
        @DefaultValue("32") int sshSessions,
        @Nullable String localEngine) {

    DiskSettings {
        if (timeout.toMillis() <= 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("cachewarden.engine.disk.timeout is " + timeout
                    + "; it must be more than zero and at most 10 minutes");
        }
        if (maxAnswerSize.toBytes() <= 0) {
            throw new IllegalArgumentException("cachewarden.engine.disk.max-answer-size must be more than zero");
        }
        if (knownHosts.startsWith("~")) {
            knownHosts = Path.of(System.getProperty("user.home"))
                    .resolve(Path.of("~").relativize(knownHosts));
        }
        if (sshSessions <= 0) {
            throw new IllegalArgumentException("cachewarden.engine.disk.ssh-sessions must be more than zero");
        }
    }
}
