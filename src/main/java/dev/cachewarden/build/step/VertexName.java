package dev.cachewarden.build.step;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a vertex tells, such as {@code [linux/arm64 build 2/5] RUN make}.
 *
 * @param stage null: none is named. With several targets built at once the target stands before it, as in {@code web build}
 * @param place of the step in its stage, from 1; zero if it is none of a stage
 * @param text without brackets, and with single blanks
 */
record VertexName(
        StepKind kind, @Nullable String platform, @Nullable String stage, int place, String text) {

    private static final Pattern BRACKET = Pattern.compile("^\\[([^\\]]*)\\] ?(.*)$", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("^(?:(.*?) +)??(\\d{1,6})/(\\d{1,6})$");
    private static final Pattern PLATFORM =
            Pattern.compile("^(.* )?([a-z][a-z0-9]*/[a-z0-9_]+(?:/v[0-9]+)?(?:->[a-z0-9_/]+)?)( .*)?$");
    private static final Pattern IMAGE_DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}");
    private static final Pattern UNNAMED = Pattern.compile("^(?:.* )?stage-([0-9]{1,6})$");

    private static final Map<String, StepKind> INSTRUCTIONS = Map.of(
            "FROM", StepKind.FROM,
            "RUN", StepKind.RUN,
            "COPY", StepKind.COPY,
            "ADD", StepKind.ADD,
            "WORKDIR", StepKind.WORKDIR);

    /** How names begin that stand for no instruction; the first that fits. From BuildKit's own code, the last ones from other frontends. */
    private static final List<Map.Entry<String, StepKind>> BEGINNINGS = List.of(
            Map.entry("FROM ", StepKind.FROM),
            Map.entry("load build definition", StepKind.TRANSFER),
            Map.entry("load remote build context", StepKind.TRANSFER),
            Map.entry("load build context", StepKind.TRANSFER),
            Map.entry("load .dockerignore", StepKind.TRANSFER),
            Map.entry("load git source", StepKind.TRANSFER),
            Map.entry("load from client", StepKind.TRANSFER),
            Map.entry("load metadata for", StepKind.METADATA),
            Map.entry("resolve image config for", StepKind.METADATA),
            Map.entry("importing cache manifest", StepKind.CACHE_IMPORT),
            Map.entry("exporting cache", StepKind.CACHE_EXPORT),
            Map.entry("exporting build cache", StepKind.CACHE_EXPORT),
            Map.entry("exporting to GitHub Actions Cache", StepKind.CACHE_EXPORT),
            Map.entry("preparing build cache", StepKind.CACHE_EXPORT),
            Map.entry("preparing layers for inline cache", StepKind.CACHE_EXPORT),
            Map.entry("exporting", StepKind.EXPORT),
            Map.entry("importing to docker", StepKind.EXPORT),
            Map.entry("pushing", StepKind.EXPORT),
            Map.entry("sending tarball", StepKind.EXPORT),
            Map.entry("copying files", StepKind.EXPORT),
            Map.entry("merging manifest list", StepKind.EXPORT),
            Map.entry("docker-image://docker.io/docker/dockerfile", StepKind.INTERNAL),
            Map.entry("docker-image://docker/dockerfile", StepKind.INTERNAL),
            Map.entry("docker-image://docker.io/docker/buildkit-syft-scanner", StepKind.INTERNAL),
            Map.entry("docker-image://", StepKind.FROM),
            Map.entry("oci-layout://", StepKind.FROM),
            Map.entry("OCI load from client", StepKind.FROM),
            Map.entry("local://", StepKind.TRANSFER),
            Map.entry("git://", StepKind.TRANSFER),
            Map.entry("https://", StepKind.TRANSFER),
            Map.entry("http://", StepKind.TRANSFER),
            Map.entry("/bin/sh -c ", StepKind.RUN),
            Map.entry("sh -c ", StepKind.RUN),
            Map.entry("copy ", StepKind.COPY),
            Map.entry("mkdir ", StepKind.OTHER_INSTRUCTION),
            Map.entry("mkfile ", StepKind.OTHER_INSTRUCTION),
            Map.entry("rm ", StepKind.OTHER_INSTRUCTION));

    /** How the names of those begin that are BuildKit's own and of no other kind. From its code and buildx's. */
    private static final List<String> INTERNAL = List.of(
            "preparing inline document",
            "resolving provenance",
            "load ",
            "setting cache mount permissions",
            "settings cache mount permissions",
            "generating sbom",
            "booting ",
            "starting ",
            "creating ",
            "waiting ",
            "pulling ",
            "docker-image://",
            "merge",
            "diff ");

    /** Whether the text of what is {@link StepKind#INTERNAL} is of something that is known. */
    static boolean isOfBuildKit(String text) {
        return INTERNAL.stream().anyMatch(text::startsWith);
    }

    static VertexName of(String name) {
        Matcher bracket = BRACKET.matcher(name);
        if (!bracket.matches()) {
            return plain(null, null, name);
        }
        String inside = bracket.group(1).strip();
        String rest = bracket.group(2);
        Matcher place = PLACE.matcher(inside);
        if (place.matches()) {
            var where = where(place.group(1));
            return instruction(where, Integer.parseInt(place.group(2)), rest);
        }
        var where = where(inside);
        String what = where.stage() == null ? "" : where.stage();
        if (what.equals("auth") || what.endsWith(" auth")) {
            return new VertexName(StepKind.METADATA, where.platform(), null, 0, single(rest));
        }
        if (what.equals("internal") || what.endsWith(" internal")) {
            return internal(where.platform(), rest);
        }
        return plain(where.platform(), null, rest);
    }

    /** {@code [internal] …}: never an instruction, whatever it begins with. */
    private static VertexName internal(@Nullable String platform, String rest) {
        String text = single(rest);
        var kind = text.startsWith("load ") ? begins(text) : StepKind.INTERNAL;
        return new VertexName(kind, platform, null, 0, text);
    }

    private static VertexName instruction(Where where, int place, String rest) {
        String text = single(rest);
        String word = text.startsWith("ONBUILD ") ? text.substring("ONBUILD ".length()) : text;
        int end = word.indexOf(' ');
        String first = (end < 0 ? word : word.substring(0, end)).toUpperCase(Locale.ROOT);
        var kind = INSTRUCTIONS.getOrDefault(first, StepKind.OTHER_INSTRUCTION);
        return new VertexName(kind, where.platform(), where.stage(), place, text);
    }

    private static VertexName plain(@Nullable String platform, @Nullable String stage, String rest) {
        String text = single(rest);
        return new VertexName(begins(text), platform, stage, 0, text);
    }

    private static StepKind begins(String text) {
        for (var beginning : BEGINNINGS) {
            if (text.startsWith(beginning.getKey())) {
                return beginning.getValue();
            }
        }
        return StepKind.INTERNAL;
    }

    private record Where(
            @Nullable String platform, @Nullable String stage) {}

    private static Where where(@Nullable String inside) {
        if (inside == null || inside.isBlank()) {
            return new Where(null, null);
        }
        Matcher platform = PLATFORM.matcher(inside);
        if (!platform.matches()) {
            return new Where(null, single(inside));
        }
        String before = platform.group(1) == null ? "" : platform.group(1);
        String after = platform.group(3) == null ? "" : platform.group(3);
        String stage = single(before + after);
        return new Where(platform.group(2), stage.isEmpty() ? null : stage);
    }

    /** By hand: a name may have 64 KiB, a build thousands of them, and a regular expression takes a hundred times as long. */
    private static String single(String text) {
        var single = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isBlank = " \t\n\f\r".indexOf(c) >= 0;
            if (!isBlank) {
                single.append(c);
            } else if (!blank) {
                single.append(' ');
            }
            blank = isBlank;
        }
        return single.toString().strip();
    }

    /** The same for the same instruction, though the image behind its tag becomes another one. */
    String normalisedText() {
        return kind == StepKind.FROM ? IMAGE_DIGEST.matcher(text).replaceAll("") : text;
    }

    /** A stage without a name is called by its number, which moves when a stage comes before it. */
    String lastingStage() {
        return stage == null || stageNumber() >= 0 ? "" : stage;
    }

    /** Of a stage without a name, from zero; negative for the others. */
    int stageNumber() {
        if (stage == null) {
            return -1;
        }
        Matcher unnamed = UNNAMED.matcher(stage);
        return unnamed.matches() ? Integer.parseInt(unnamed.group(1)) : -1;
    }
}
