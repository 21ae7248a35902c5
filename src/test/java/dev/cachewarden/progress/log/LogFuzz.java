package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Spoils recorded logs in many ways and reads them: whatever comes of it, nothing is thrown, limits hold, and pieces make no difference. */
final class LogFuzz {

    private static final ProgressLimits LIMITS = new ProgressLimits(40, 20, 10, 10, 400, 200_000, 2_000, 10_000);
    private static final String[] SNIPPETS = {
        "\n",
        "\r",
        "\u001b[31m",
        "\u001b[",
        "#1 ",
        "#7 DONE 0.1s\n",
        "\n#3 ...\n\n#4 name\n",
        "------\n",
        " > x:\n",
        "#99999999999 x\n",
        "{\"vertexes\":[",
        "{\"logs\":[{\"vertex\":\"",
        "}\n",
        "{\n",
        "\"cached\":true,",
        "\u0000",
        "\u00ff",
        "#0 building with x\n",
        "#-1 x\n",
        "\"started\":\"2026-01-01T00:00:00Z\",",
        "\"current\":-99999999999999999999999,",
        "#2 sha256:aa 9.99EB / 1B 0.1s done\n",
        "[[[[[[[[",
        "#5 [internal] load build definition from Dockerfile\n",
        "#6 WARN: x\n",
        "#6 ERROR: x\n",
        " 3 warnings found\n - x\n",
        "#1\u001b[0m\n",
        "2026-01-01T00:00:00.123456Z 00O ",
        "2026-01-01T00:00:00.123456Z 00O+",
        "[2026-01-01T00:00:00Z] ",
        "12:00:00 #3 ",
        "section_start:1:x\r\u001b[0K",
        "\u001b_bk;t=1\u0007",
        "docker : #1 x\n",
        "[web internal] load build definition from Dockerfile",
        "[web 2/3] RUN x\n",
        "[ci] #1 [internal] load build definition from Dockerfile\n",
        "[+] Building 1.2s (3/4)\n",
        " => [2/3] RUN x   0.1s\n",
        " => ERROR [3/3] RUN x   0.1s\n",
        " => => transferring context: 1.2kB   0.0s\n",
        "{\"log\":\"#1 [internal] load .dockerignore\\n\\u00e9\\\\\"}\n",
        "2026-01-01 00:00:00\n",
        "\u00c2\u00a0#2 CACHED\n"
    };

    /** Of what prefixes are made up. */
    private static final String[] PARTS = {
        " ",
        "  ",
        "\t",
        "[",
        "]",
        "|",
        ":",
        "> ",
        "-",
        "job",
        "web-1",
        "info",
        "ERROR",
        "Nov",
        "12",
        "07:30:00",
        "2026-01-01T00:00:00.5Z",
        "\u001b[36m",
        "\u00c2\u00a0",
        "{\"log\":\"",
        "\"",
        "é",
        "#",
        "=> "
    };

    private final List<byte[]> logs = Stream.of(
                    RecordedLog.all().stream(),
                    Stream.of(
                                    "bake/28.5/all.plain",
                                    "bake/26.1/all.plain",
                                    "merging/28.5/all.plain",
                                    "compose/28.5/all.plain")
                            .map(name -> new RecordedLog("../" + name)),
                    Stream.of("mixed.rawjson", "mixed.plain", "other.rawjson")
                            .map(name -> new RecordedLog("../beside/28.5/" + name)))
            .flatMap(some -> some)
            .map(RecordedLog::bytes)
            .filter(log -> log.length < 30_000)
            .toList();
    private final Random random;

    LogFuzz(long seed) {
        random = new Random(seed);
    }

    void check() throws IOException {
        byte[] log = spoilt();
        var atOnce = read(log, log.length);
        var inPieces = read(log, 1 + random.nextInt(200));

        assertThat(inPieces).isEqualTo(atOnce);
        assertThat(atOnce.stream().mapToInt(build -> build.vertices().size()).sum())
                .isLessThanOrEqualTo(40 * atOnce.size());
        assertThat(atOnce.stream()
                        .flatMap(build -> build.vertices().stream())
                        .mapToInt(vertex -> vertex.log().length()))
                .allMatch(length -> length <= 2_000);
        assertThat(atOnce.stream()
                        .flatMap(build -> build.vertices().stream())
                        .mapToInt(vertex -> vertex.log().length())
                        .sum())
                .isLessThanOrEqualTo(10_000);
        assertThat(atOnce).allSatisfy(build -> assertThat(build.warnings()).hasSizeLessThanOrEqualTo(10));
    }

    /** Nothing for what is no log. */
    private static List<BuildProgress> read(byte[] log, int piece) {
        var reader = new ProgressReader(LIMITS, 1 << 20);
        for (int at = 0; at < log.length; at += piece) {
            reader.feed(log, at, Math.min(piece, log.length - at));
            if (at / piece % 50 == 7) {
                reader.progress();
            }
        }
        try {
            return reader.finish();
        } catch (NotABuildLogException e) {
            return List.of();
        }
    }

    private byte[] spoilt() throws IOException {
        byte[] log = any();
        if (random.nextInt(3) == 0) {
            log = random.nextBoolean() ? joined(log, any()) : inTurns(log, any());
        }
        if (random.nextInt(3) == 0) {
            log = prefixed(log);
        }
        for (int i = random.nextInt(12); i > 0; i--) {
            log = spoilt(log);
        }
        byte[] packed = random.nextInt(8) == 0 ? ProgressReaderTests.gzip(log) : log;
        return packed == log || random.nextBoolean() ? packed : spoilt(packed);
    }

    /** With a made-up prefix before each line, or before most. */
    private byte[] prefixed(byte[] log) throws IOException {
        var made = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            made.append(PARTS[random.nextInt(PARTS.length)]);
        }
        byte[] prefix = made.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        boolean all = random.nextBoolean();
        var prefixed = new ByteArrayOutputStream();
        for (int at = 0; at < log.length; at = afterLine(log, at)) {
            if (all || random.nextInt(5) > 0) {
                prefixed.write(prefix);
            }
            prefixed.write(log, at, afterLine(log, at) - at);
        }
        return prefixed.toByteArray();
    }

    private byte[] inTurns(byte[] one, byte[] other) throws IOException {
        var all = new ByteArrayOutputStream();
        int at = 0;
        int there = 0;
        while (at < one.length || there < other.length) {
            int end = afterLine(one, at);
            all.write(one, at, end - at);
            at = end;
            for (int i = random.nextInt(3); i > 0 || at == one.length && there < other.length; i--) {
                end = afterLine(other, there);
                all.write(other, there, end - there);
                there = end;
            }
        }
        return all.toByteArray();
    }

    private static int afterLine(byte[] log, int from) {
        int at = from;
        while (at < log.length && log[at] != '\n') {
            at++;
        }
        return Math.min(log.length, at + 1);
    }

    private byte[] any() {
        return logs.get(random.nextInt(logs.size()));
    }

    private byte[] spoilt(byte[] log) throws IOException {
        if (log.length == 0) {
            return any();
        }
        int at = random.nextInt(log.length);
        int end = Math.min(log.length, at + 1 + random.nextInt(random.nextInt(10) == 0 ? 3_000 : 30));
        byte[] before = Arrays.copyOf(log, at);
        byte[] middle = Arrays.copyOfRange(log, at, end);
        byte[] after = Arrays.copyOfRange(log, end, log.length);
        return switch (random.nextInt(7)) {
            case 0 -> before;
            case 1 -> joined(before, after);
            case 2 -> joined(before, middle, middle, after);
            case 3 -> joined(before, after, middle);
            case 4 -> {
                random.nextBytes(middle);
                yield joined(before, middle, after);
            }
            case 5 -> {
                middle[0] ^= (byte) (1 << random.nextInt(8));
                yield joined(before, middle, after);
            }
            default -> joined(before, snippet(), middle, after);
        };
    }

    private byte[] snippet() {
        return SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) throws IOException {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }
}
