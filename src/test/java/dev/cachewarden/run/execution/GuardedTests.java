package dev.cachewarden.run.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class GuardedTests {

    @Test
    void tellOnceOfAStepThatGoesOnFailing(CapturedOutput output) {
        var count = new AtomicInteger();
        var step = Guarded.step("Trying", () -> {
            if (count.incrementAndGet() < 4) {
                throw new IllegalStateException("no database");
            }
        });

        for (int i = 0; i < 5; i++) {
            step.run();
        }

        assertThat(count).hasValue(5);
        assertThat(output.getAll().split("ERROR.*Trying failed; this or another replica will retry", -1))
                .hasSize(2);
        assertThat(output).contains("Trying works again");
    }
}
