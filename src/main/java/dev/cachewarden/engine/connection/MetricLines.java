package dev.cachewarden.engine.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads an answer of any size line by line, with only one line in memory. */
final class MetricLines {

    /** The maximum length of a line in bytes. Lines about file systems are much shorter; a longer line is ignored. */
    private static final int LONGEST = 16 * 1024;

    private final String prefix;
    private final Consumer<String> sink;
    private final byte[] line = new byte[LONGEST];
    private int length;

    /** @param prefix prefix of the lines that the sink gets; all other lines are ignored */
    MetricLines(String prefix, Consumer<String> sink) {
        this.prefix = prefix;
        this.sink = sink;
    }

    /**
     * Reads the stream to its end.
     *
     * @return false if the stream exceeds the limit
     */
    boolean read(InputStream in, long limit) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        long total = 0;
        int read;
        while ((read = in.read(buffer)) >= 0) {
            total += read;
            if (total > limit) {
                return false;
            }
            for (int i = 0; i < read; i++) {
                take(buffer[i]);
            }
        }
        end();
        return true;
    }

    private void take(byte value) {
        if (value == '\n') {
            end();
        } else if (length < LONGEST) {
            // A line that fills the buffer keeps this length, which end() treats as too long.
            line[length++] = value;
        }
    }

    private void end() {
        if (length < LONGEST && beginsWithPrefix()) {
            sink.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        }
        length = 0;
    }

    private boolean beginsWithPrefix() {
        if (length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (line[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
