package dev.cachewarden;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** A browser or script that listens to the events of a run. */
final class EventStream implements AutoCloseable {

    private final Socket connection;
    private final CompletableFuture<Long> ended;

    private EventStream(Socket connection, CompletableFuture<Long> ended) {
        this.connection = connection;
        this.ended = ended;
    }

    /** Begins to listen, and waits for the first event. */
    static EventStream open(int port, long run, String header) {
        try {
            var connection = new Socket("localhost", port);
            connection
                    .getOutputStream()
                    .write(("GET /api/v1/runs/" + run + "/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            var answer = new StringBuilder();
            for (var line = lines.readLine(); ; line = lines.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("No event came: " + answer);
                }
                if (line.startsWith("data:")) {
                    break;
                }
                answer.append(line).append('\n');
            }
            return new EventStream(
                    connection,
                    CompletableFuture.supplyAsync(() -> drain(lines), Executors.newVirtualThreadPerTaskExecutor()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the stream ended, as {@link System#nanoTime} has it. */
    private static long drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // What it says is not looked at.
            }
        } catch (IOException e) {
            // The server ended it in its own way.
            return System.nanoTime();
        }
        return System.nanoTime();
    }

    boolean isOpen() {
        return !ended.isDone();
    }

    /** Waits for its end, and returns when that was. */
    long end() {
        return ended.join();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
