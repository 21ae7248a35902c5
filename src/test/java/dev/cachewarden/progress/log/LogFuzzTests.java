package dev.cachewarden.progress.log;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The short form; {@link LogFuzzIntegrationTests} goes on for longer. */
class LogFuzzTests {

    @Test
    void spoiltLogsAreReadWithinLimits() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            try {
                new LogFuzz(seed).check();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed " + seed, e);
            }
        }
    }
}
