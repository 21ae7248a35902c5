package dev.cachewarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Docker's own command line beside a real engine, through {@code src/test/engines/engines exec}, and what it prints read back. */
public final class EngineCommand {

    private static final Map<String, Double> UNITS = Map.of("B", 1.0, "kB", 1e3, "MB", 1e6, "GB", 1e9, "TB", 1e12);

    private static final Pattern SIZE = Pattern.compile("([0-9.]+(?:e\\+[0-9]+)?)\\s*(B|kB|MB|GB|TB)");

    private EngineCommand() {}

    /** What {@code docker system df} prints for the build cache, in bytes as far as its four digits tell. */
    public record SystemDf(double size, double reclaimable) {}

    public static SystemDf systemDf(String engine) {
        for (String line : docker(engine, "system", "df", "--format", "{{.Type}}|{{.Size}}|{{.Reclaimable}}")
                .lines()
                .toList()) {
            var columns = line.split("\\|");
            if (columns[0].equals("Build Cache")) {
                return new SystemDf(bytes(columns[1]), bytes(columns[2]));
            }
        }
        throw new IllegalStateException("docker system df printed no line for the build cache on " + engine);
    }

    /** {@code Total} of {@code docker buildx du}. */
    public static double buildxDuTotal(String engine) {
        return docker(engine, "buildx", "du")
                .lines()
                .filter(line -> line.startsWith("Total:"))
                .mapToDouble(EngineCommand::bytes)
                .findFirst()
                .orElseThrow();
    }

    /** Runs {@code docker …} where that engine lives. */
    public static String docker(String engine, String... arguments) {
        var command = new ArrayList<>(List.of("bash", "src/test/engines/engines", "exec", engine, "docker"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double bytes(String printed) {
        var matcher = SIZE.matcher(printed);
        if (!matcher.find()) {
            throw new IllegalArgumentException("No size in '" + printed + "'");
        }
        return Double.parseDouble(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), Double.NaN);
    }
}
