package dev.cachewarden.engine.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Goes through an answer of any size line by line, keeping no more than a line at a time. */
final class MetricLines {

    /** No line about a file system is near so long; the rest of a longer one is passed over with it. */
    private static final int LONGEST = 16 * 1024;

    private final String prefix;
    private final Consumer<String> sink;
    private final byte[] line = new byte[LONGEST];
    private int length;

    /** @param prefix lines that begin otherwise are not given to the sink */
    MetricLines(String prefix, Consumer<String> sink) {
        this.prefix = prefix;
        this.sink = sink;
    }

    /**
     * Reads to the end.
     *
     * @return false where the limit was met before
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
            // A line that fills it stays there, which end() takes for too long.
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
