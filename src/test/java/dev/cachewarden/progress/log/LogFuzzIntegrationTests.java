package dev.cachewarden.progress.log;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The long form: with other seeds than the short one, and as many as the profile {@code long} asks for. */
class LogFuzzIntegrationTests {

    private static final int SEEDS = Integer.getInteger("cachewarden.test.log-fuzz", 1_000);

    @Test
    void spoiltLogsAreReadWithinLimits() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new LogFuzz(1_000_000 + seed).check();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("Seed " + (1_000_000 + seed), e);
            }
        }
    }
}
