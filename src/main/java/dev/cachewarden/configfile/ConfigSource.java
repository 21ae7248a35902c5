package dev.cachewarden.configfile;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The content of a configuration file at one time. */
sealed interface ConfigSource {

    /** Returns an identifier of the content. It does not depend on the modification time or on the way the file was replaced. */
    String mark();

    /** @param hash SHA-256 in hexadecimal */
    record Bytes(byte[] bytes, String hash) implements ConfigSource {
        @Override
        public String mark() {
            return hash;
        }
    }

    /** @param reason text that continues the path of the file */
    record Unreadable(String reason) implements ConfigSource {
        @Override
        public String mark() {
            return reason;
        }
    }

    /** Reads a file. Of a file that is too large it reads only one byte more than allowed. */
    static ConfigSource read(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // Reading a pipe would wait for a process that writes to it.
                return new Unreadable("is not a regular file");
            }
            try (var input = Files.newInputStream(file)) {
                var bytes = input.readNBytes(ConfigReader.mostBytes() + 1);
                return new Bytes(bytes, hash(bytes));
            }
        } catch (NoSuchFileException e) {
            return new Unreadable("does not exist");
        } catch (AccessDeniedException e) {
            return new Unreadable("cannot be read: permission denied for the user that runs Cachewarden");
        } catch (IOException e) {
            return new Unreadable("cannot be read: " + e.getMessage());
        }
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide SHA-256", e);
        }
    }
}
