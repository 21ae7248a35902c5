package dev.cachewarden.build.steps;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parsed name of a vertex, such as {@code [linux/arm64 build 2/5] RUN make}.
 *
 * @param stage stage, or null if the name contains none; if several targets are built together, the target precedes it, as in
 *     {@code web build}
 * @param place position of the step in its stage, from 1, or 0 if it belongs to no stage
 * @param text text without brackets, and with single spaces
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

    /**
     * The prefixes of names that are not instructions. The first match counts. They are from the code of BuildKit, and the last ones from
     * other frontends.
     */
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

    /** The prefixes of names of BuildKit's internal work that have no other kind. They are from the code of BuildKit and buildx. */
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

    /** Returns whether a text of kind {@link StepKind#INTERNAL} is known internal work of BuildKit. */
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

    /** Parses {@code [internal] …}, which is never an instruction, regardless of the text that follows. */
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

    /**
     * Collapses blanks without a regular expression, which would take a hundred times as long. A name can have 64 KiB, and a build can have
     * thousands of names.
     */
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

    /**
     * Returns the text without the digest of the base image. It is the same for the same instruction, even if the tag points to a different
     * image.
     */
    String normalisedText() {
        return kind == StepKind.FROM ? IMAGE_DIGEST.matcher(text).replaceAll("") : text;
    }

    /**
     * Returns the stage name, or an empty string for a stage without a name. BuildKit identifies such a stage by its number, which changes
     * if another stage is inserted before it.
     */
    String lastingStage() {
        return stage == null || stageNumber() >= 0 ? "" : stage;
    }

    /** Returns the number of a stage without a name, from 0, or a negative number for all other stages. */
    int stageNumber() {
        if (stage == null) {
            return -1;
        }
        Matcher unnamed = UNNAMED.matcher(stage);
        return unnamed.matches() ? Integer.parseInt(unnamed.group(1)) : -1;
    }
}
