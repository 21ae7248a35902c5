package dev.cachewarden.progress.format;

import static dev.cachewarden.progress.format.Fields.bytes;
import static dev.cachewarden.progress.format.Fields.text;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Builds;
import dev.cachewarden.progress.StatusUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads a log line by line. */
public final class RawJsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .build();

    /**
     * The maximum number of vertices of a line that are checked before any is recorded. Only lines that are made to use up memory contain
     * more.
     */
    private static final int AT_ONCE = 5_000;

    /** The maximum length of a client's report why a build failed, in bytes. */
    private static final int LONGEST_SAID = 8_192;

    /** The maximum number of unknown members of one line that are reported, and the maximum length of their names in characters. */
    private static final int MOST_UNKNOWN = 4;

    private static final int LONGEST_UNKNOWN = 40;

    /**
     * First letters of {@code vertexes}, {@code statuses}, {@code logs}, and {@code warnings}. Traces of buildctl before 0.12 use capital
     * letters.
     */
    private static final String MEMBERS = "vslwVSLW";

    private static final String VERTEXES = "{\"vertexes\":[{\"";

    private final Indented indented = new Indented();
    private final Builds builds;

    public RawJsonReader(Builds builds) {
        this.builds = builds;
    }

    /** Ends the input. */
    public void end() {
        if (indented.isBegun()) {
            builds.current().gap("The log ends in the middle of an object.");
        }
    }

    /** Returns true if the first bytes of a line match this format. */
    public static boolean mayBegin(byte[] text, int from, int to) {
        int quote = from + 1;
        while (quote < to && text[quote] == ' ') {
            quote++;
        }
        return to - quote > 3 && text[from] == '{' && text[quote] == '"' && MEMBERS.indexOf(text[quote + 1]) >= 0;
    }

    /** Returns true if a line certainly has this format, because it contains vertices. */
    public static boolean begins(byte[] text, int from, int to) {
        int matched = 0;
        for (int i = from; i < to && matched < VERTEXES.length(); i++) {
            if (Character.toLowerCase(text[i]) == VERTEXES.charAt(matched)) {
                matched++;
            } else if (text[i] != ' ') {
                return false;
            }
        }
        return matched == VERTEXES.length();
    }

    /** Returns true if a line after a line with a single brace may have the indented format of buildx 0.13 and 0.14. */
    public static boolean mayBeginIndented(byte[] text, int from, int to) {
        int quote = from + 2;
        return to - from > 6 && text[from] == ' ' && text[quote] == '"' && MEMBERS.indexOf(text[quote + 1]) >= 0;
    }

    /**
     * Reads a line without its end.
     *
     * @return true if it completed an object with a known member; other lines are not of this format
     */
    public boolean line(byte[] text, int from, int to) {
        int end = to > from && text[to - 1] == '\r' ? to - 1 : to;
        if (indented.line(text, from, end)) {
            return indented.isWhole() && object(indented.object(), 0, indented.size());
        }
        if (mayBegin(text, from, end)) {
            return object(text, from, end);
        }
        if (end - from < LONGEST_SAID) {
            builds.parseClientLine(new String(text, from, end - from, StandardCharsets.UTF_8));
        }
        return false;
    }

    private boolean object(byte[] text, int from, int to) {
        var anyKnown = new boolean[1];
        Set<String> unknown = new LinkedHashSet<>();
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text, from, to - from)) {
            json.nextToken();
            Fields.object(json, (at, name) -> {
                boolean known = member(at, name);
                anyKnown[0] |= known;
                if (!known && unknown.size() < MOST_UNKNOWN) {
                    unknown.add(name.length() > LONGEST_UNKNOWN ? name.substring(0, LONGEST_UNKNOWN) + "…" : name);
                }
            });
        } catch (JacksonException e) {
            builds.current().gap("A line of the log is broken or truncated. Its data after that point is missing.");
        }
        if (anyKnown[0]) {
            unknown.forEach(name -> builds.current()
                    .gap("The log contains a field that this version of Cachewarden does not know: \"%s\"."
                            .formatted(name)));
        }
        return anyKnown[0];
    }

    private boolean member(JsonParser json, String name) {
        switch (name) {
            case "vertexes" -> vertices(json);
            case "statuses" -> Fields.array(json, () -> status(json));
            case "logs" -> Fields.array(json, () -> log(json));
            case "warnings" -> Fields.array(json, () -> warning(json));
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Collects all vertices of a line before it records any. If one of them begins another build, the vertices before it belong to that
     * build, too.
     */
    private void vertices(JsonParser json) {
        List<VertexFields> vertices = new ArrayList<>();
        try {
            Fields.array(json, () -> {
                vertices.add(new VertexFields(json));
                if (vertices.size() == AT_ONCE) {
                    take(vertices);
                }
            });
        } finally {
            take(vertices);
        }
    }

    private void take(List<VertexFields> vertices) {
        boolean another = vertices.stream().anyMatch(this::beginsAnotherBuild);
        if (another) {
            builds.next();
        }
        for (var vertex : vertices) {
            if (vertex.id.isEmpty()) {
                continue;
            }
            var build = another ? builds.current() : builds.of(vertex.id, vertex.started);
            if (vertex.started != null && build == builds.current()) {
                builds.begun(vertex.id, vertex.name, vertex.started);
            }
            vertex.recordTo(build);
        }
        vertices.clear();
    }

    /** Returns true if a vertex begins another build. Other vertices may repeat a known vertex that they depend on; this begins nothing. */
    private boolean beginsAnotherBuild(VertexFields vertex) {
        boolean unknown = builds.recorderFor(vertex.id) == builds.current()
                && !builds.current().knows(vertex.id);
        return (unknown || vertex.started != null) && builds.beginsAnother(vertex.name, unknown);
    }

    private void status(JsonParser json) {
        var status = new StatusFields();
        Fields.object(json, status::read);
        var update = status.update();
        builds.recorderFor(update.vertexId()).status(update);
    }

    private void log(JsonParser json) {
        var log = new Object() {
            String vertex = "";
            byte[] data = {};
        };
        Fields.object(json, (at, name) -> {
            switch (name) {
                case "vertex" -> log.vertex = text(at);
                case "data" -> log.data = bytes(at);
                default -> at.skipChildren();
            }
        });
        builds.recorderFor(log.vertex).log(log.vertex, log.data);
    }

    private void warning(JsonParser json) {
        var fields = new WarningFields();
        Fields.object(json, fields::read);
        var warning = fields.warning();
        builds.recorderFor(warning.vertex() == null ? "" : warning.vertex()).warning(warning);
    }

    private static final class StatusFields {

        private String vertex = "";
        private String id = "";
        private long current;
        private long total;
        private @Nullable Instant started;
        private @Nullable Instant completed;

        void read(JsonParser json, String name) {
            switch (name) {
                case "vertex" -> vertex = text(json);
                case "id" -> id = text(json);
                case "current" -> current = Fields.number(json);
                case "total" -> total = Fields.number(json);
                case "started" -> started = Fields.time(json);
                case "completed" -> completed = Fields.time(json);
                default -> json.skipChildren();
            }
        }

        StatusUpdate update() {
            return new StatusUpdate(vertex, id, current, total, started, completed);
        }
    }

    private static final class WarningFields {

        private @Nullable String vertex;
        private String text = "";
        private @Nullable String url;
        private @Nullable Integer line;

        void read(JsonParser json, String name) {
            switch (name) {
                case "vertex" -> vertex = text(json);
                case "short" -> text = new String(bytes(json), StandardCharsets.UTF_8);
                case "url" -> url = text(json);
                case "range" -> Fields.array(json, () -> Fields.object(json, this::readRange));
                default -> json.skipChildren();
            }
        }

        private void readRange(JsonParser json, String name) {
            if (name.equals("start") && line == null) {
                Fields.object(json, (at, member) -> {
                    if (member.equals("line")) {
                        int number = (int) Math.min(Integer.MAX_VALUE, Fields.number(at));
                        line = number < 1 ? null : number;
                    }
                });
            }
        }

        BuildProgress.Warning warning() {
            return new BuildProgress.Warning(vertex, text, url, line);
        }
    }
}
