package dev.cachewarden.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Carries bytes from one connection to another until either ends; then closes both. */
final class Relay {

    private Relay() {}

    static void start(InputStream in, OutputStream out, Closeable front, Closeable back) {
        Thread.ofVirtual().start(() -> {
            try (front;
                    back) {
                var buffer = new byte[8_192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } catch (IOException e) {
                // One side closed.
            }
        });
    }
}
