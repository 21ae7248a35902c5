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
 * Settings of who may get in.
 *
 * @param adminPassword of the first administrator, used only while there is no account; empty: a random one
 * @param adminPasswordFile a file holding it instead, as container platforms hand in secrets; empty: none
 * @param sessionIdle how long a browser stays signed in without a request
 * @param sessionLife how long a browser stays signed in at most
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

    /** The password given, if one is. */
    Optional<String> givenPassword() {
        if (!adminPasswordFile.isBlank()) {
            return Optional.of(read(Path.of(adminPasswordFile)));
        }
        return adminPassword.isEmpty() ? Optional.empty() : Optional.of(adminPassword);
    }

    private static String read(Path file) {
        try {
            // Editors and echo end files with a newline that nobody means.
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The file of the first administrator's password cannot be read: " + file, e);
        }
    }

    @Override
    public String toString() {
        return "AccessSettings[…]";
    }
}
