package dev.cachewarden.engine.disk;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits for measuring disks.
 *
 * @param timeout for one measurement, from its beginning to its end
 * @param maxAnswerSize an answer of a node_exporter larger than this is not read to its end
 * @param knownHosts the host keys that SSH trusts, in OpenSSH's form, {@code ~} being the home of our user; a host that is not there is not logged in to
 * @param sshSessions how many logins may be under way at a time
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
