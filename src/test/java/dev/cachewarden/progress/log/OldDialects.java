package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Prints recorded builds as clients did that could not be had for a recording, by the grammar of BuildKit's
 * util/progress/progressui of their time. So what is tested here is that grammar, not what such a client was seen to print.
 */
final class OldDialects {

    private static final DateTimeFormatter GO = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn xx 'UTC'")
            .withZone(ZoneOffset.UTC);

    private OldDialects() {}

    /** Docker CLI 18.09: keys and values instead of DONE and CACHED, names in headers cut after 72 characters. */
    static String docker1809(BuildProgress build) {
        var text = new StringBuilder();
        int number = 0;
        var begun = build.vertices().stream()
                .filter(vertex -> vertex.state() != VertexState.WAITING)
                .sorted(Comparator.comparing(vertex -> vertex.runs().getFirst().started()))
                .toList();
        for (var vertex : begun) {
            number++;
            block(text, number, vertex);
        }
        return text.toString();
    }

    private static void block(StringBuilder text, int number, Vertex vertex) {
        text.append("\n#").append(number).append(' ').append(cut(vertex.name())).append('\n');
        event(text, number, "digest", vertex.id());
        event(text, number, "name", quoted(vertex.name()));
        for (Vertex.Run run : vertex.runs()) {
            var completed = Objects.requireNonNull(run.completed());
            event(text, number, "started", time(run.started()));
            event(text, number, "completed", time(completed));
            event(
                    text,
                    number,
                    "duration",
                    Duration.between(run.started(), completed).toNanos() / 1e9 + "s");
        }
        if (vertex.state() == VertexState.CACHED) {
            event(text, number, "cached", "true");
        }
        if (vertex.error() != null) {
            event(text, number, "error", quoted(vertex.error()));
        }
        for (var part : vertex.statuses()) {
            text.append("#").append(number).append(' ').append(part.id()).append(" done\n");
        }
        if (!vertex.log().isEmpty()) {
            vertex.log()
                    .lines()
                    .forEach(line -> text.append("#")
                            .append(number)
                            .append(" 0.123 ")
                            .append(line)
                            .append('\n'));
        }
        text.append('\n');
    }

    private static void event(StringBuilder text, int number, String key, String value) {
        text.append('#')
                .append(number)
                .append(' ')
                .append(String.format("%13s ", key + ":"))
                .append(value)
                .append('\n');
    }

    private static String cut(String name) {
        return name.length() > 72 ? name.substring(0, 72) + "..." : name;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String time(Instant time) {
        return GO.format(time);
    }

    /** The same lines of each vertex in the same order, but the vertices in turns; each block begins as the format has it. */
    static String interleaved(String plain, Random random, boolean headers) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (String line : plain.split("\n")) {
            if (line.matches("#[1-9]\\d* .*") && !line.endsWith(" ...")) {
                String number = line.substring(0, line.indexOf(' '));
                int at = numbers.indexOf(number);
                if (at < 0) {
                    numbers.add(number);
                    blocks.add(new ArrayList<>(List.of(line)));
                } else if (!line.equals(blocks.get(at).getFirst())) {
                    blocks.get(at).add(line);
                }
            }
        }
        return inTurns(blocks, random, headers);
    }

    private static String inTurns(List<List<String>> blocks, Random random, boolean headers) {
        var text = new StringBuilder();
        List<Integer> open = new ArrayList<>(Collections.nCopies(blocks.size(), 0));
        int last = -1;
        while (true) {
            var left = java.util.stream.IntStream.range(0, blocks.size())
                    .filter(i -> open.get(i) < blocks.get(i).size())
                    .toArray();
            if (left.length == 0) {
                return text.toString();
            }
            // A build begins with its Dockerfile and its .dockerignore.
            int next = open.getFirst() == 0 ? 0 : open.get(1) == 0 ? 1 : left[random.nextInt(Math.min(3, left.length))];
            var block = blocks.get(next);
            String header = block.getFirst();
            if (next != last && headers) {
                if (last >= 0 && open.get(last) < blocks.get(last).size()) {
                    text.append(
                                    blocks.get(last).getFirst(),
                                    0,
                                    blocks.get(last).getFirst().indexOf(' '))
                            .append(" ...\n");
                }
                text.append('\n').append(open.get(next) == 0 ? "" : header + "\n");
            }
            text.append(block.get(open.get(next))).append('\n');
            open.set(next, open.get(next) + 1);
            last = next;
        }
    }
}
