package dev.cachewarden.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of accounts and sessions.
 *
 * @param adminPassword password of the first administrator, used only while there is no account; empty means a random one
 * @param adminPasswordFile file that contains this password, for secrets of container platforms; empty means no file
 * @param sessionIdle maximum time without a request until a session ends
 * @param sessionLife maximum lifetime of a session
 */
@ConfigurationProperties("cachewarden.access")
public record AccessSettings(
        @DefaultValue("") String adminPassword,
        @DefaultValue("") String adminPasswordFile,
        @DefaultValue("12h") Duration sessionIdle,
        @DefaultValue("7d") Duration sessionLife) {

    public AccessSettings {
        if (!sessionIdle.isPositive() || !sessionLife.isPositive()) {
            throw new IllegalArgumentException("cachewarden.access.session-idle and session-life must be positive, not "
                    + sessionIdle + " and " + sessionLife);
        }
    }

    /** Returns the configured password, or empty if there is none. */
    Optional<String> givenPassword() {
        if (!adminPasswordFile.isBlank()) {
            return Optional.of(read(Path.of(adminPasswordFile)));
        }
        return adminPassword.isEmpty() ? Optional.empty() : Optional.of(adminPassword);
    }

    private static String read(Path file) {
        try {
            // Editors and echo append a newline that is not part of the password.
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the file with the password of the first administrator: " + file, e);
        }
    }

    @Override
    public String toString() {
        return "AccessSettings[…]";
    }
}
