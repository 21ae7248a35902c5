package dev.cachewarden.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class GuardTests {

    @Test
    void logsARepeatedFailureOnce(CapturedOutput output) {
        var count = new AtomicInteger();
        var step = Guard.task("Trying", () -> {
            if (count.incrementAndGet() < 4) {
                throw new IllegalStateException("no database");
            }
        });

        for (int i = 0; i < 5; i++) {
            step.run();
        }

        assertThat(count).hasValue(5);
        assertThat(output.getAll().split("ERROR.*Trying failed; will retry", -1))
                .hasSize(2);
        assertThat(output).contains("Trying works again");
    }

    @Test
    void aHandlerGetsAnExceptionButNoJavaError() {
        var failure = new IllegalStateException("no database");
        var seen = new AtomicReference<Exception>();

        assertThat(Guard.run(
                        () -> {
                            throw failure;
                        },
                        seen::set))
                .isFalse();
        assertThat(seen.get()).isSameAs(failure);
        assertThatThrownBy(() -> Guard.run(
                        () -> {
                            throw new OutOfMemoryError("not really");
                        },
                        seen::set))
                .isInstanceOf(OutOfMemoryError.class);
    }

    /** Otherwise failures are logged in many ways, and a bug may stop other work or remain unseen. */
    @Test
    void onlyTheGuardCatchesEverything() throws IOException {
        var broad = Pattern.compile(
                "catch \\([^)]*\\b(Exception|RuntimeException|Error|Throwable)\\s*(\\|[^)]*)?\\s\\w+\\)");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> broad.matcher(read(file)).find()))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("Guard.java");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
