package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading 100 MB of build log within a heap of 64 MB, made of lines of recorded builds. */
class LogBenchmark {

    @ParameterizedTest
    @CsvSource({
        "plain, output of steps",
        "rawjson, output of steps",
        "rawjson-updates, states of steps and transfers",
    })
    void hundredMegabytes(String kind, String what) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), LogReading.class.getName(), kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).as("exit code; with a heap of 64 MB").isZero();
        String[] parts = figures.split(" ");
        Figures.print(
                "100 MB of %s (%s): %s MB/s (aim: at least 50), heap at most %s MiB of 64, %s MiB after collection",
                kind, what, parts[0], parts[1], parts[2]);
    }
}
