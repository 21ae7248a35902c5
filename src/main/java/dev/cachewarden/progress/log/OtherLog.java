package dev.cachewarden.progress.log;

import java.util.List;
import java.util.Locale;

/**
 * Logs that users may confuse with the log of a BuildKit build, with the texts that identify them. The first kind that matches a line
 * determines the result.
 */
enum OtherLog {
    KANIKO(
            "This is a Kaniko log. Kaniko has no BuildKit cache.",
            "Retrieving image manifest ",
            "Resolved base name ",
            " to /kaniko/Dockerfile",
            "Skip resolving path ",
            "Downloading base image ",
            "Built cross stage deps: ",
            " build triggers",
            "Unpacking rootfs as cmd ",
            "Taking snapshot of full filesystem",
            "Taking snapshot of files",
            "Checking for cached layer ",
            "No cached layer found for cmd ",
            "Using caching version of cmd",
            "no commands require it",
            "kaniko should only be run inside of a container",
            "gcr.io/kaniko-project/"),
    BUILDAH(
            "This is a Buildah or Podman log. These builders have no BuildKit cache.",
            "Emulate Docker CLI using podman"),
    CLASSIC(
            "This is a log of the classic builder, which has no cache records. Build with DOCKER_BUILDKIT=1.",
            "Sending build context to Docker daemon",
            "Removing intermediate container ",
            " ---> Running in ",
            "DEPRECATED: The legacy builder is deprecated",
            "{\"stream\":\"Step "),
    ENGINE_STREAM("This is a build stream of the Engine API, not the output of a client.", "\"moby.buildkit.trace\""),
    BUILDPACKS(
            "This is a Cloud Native Buildpacks log. Buildpacks have no BuildKit cache.",
            "===> ANALYZING",
            "===> DETECTING",
            "===> RESTORING",
            "===> BUILDING",
            "===> EXPORTING"),
    JIB(
            "This is a Jib log. Jib has no BuildKit cache.",
            "Containerizing application to ",
            "Built and pushed image as ",
            "jib-maven-plugin",
            "Task :jib"),
    BAZEL(
            "This is a Bazel log. Bazel has no BuildKit cache.",
            "INFO: Analyzed ",
            "INFO: Build completed",
            "Starting local Bazel server"),
    EARTHLY("This is an Earthly log, which has its own format.", " | --> ", " | *cached* --> "),
    NIXPACKS("This is a Nixpacks plan without the build that follows.", "Nixpacks v", "Railpack "),
    DAEMON(
            "This is the log of a BuildKit daemon or a Docker Engine, not of a build.",
            "msg=\"running server on ",
            "msg=\"found worker ",
            "msg=\"found 1 workers",
            "msg=\"API listen on ",
            "msg=\"Loading containers: ",
            "msg=\"Starting up\"",
            "msg=\"session started\"",
            "msg=\"auto snapshotter: "),
    TRANSFER(
            "This is the output of docker pull or docker push, not the log of a build.",
            ": Pulling from ",
            ": Pulling fs layer",
            "The push refers to repository [",
            "The push refers to a repository [",
            ": Layer already exists"),
    COMPOSE(
            "This is Compose output about containers, not the log of a build.",
            "Attaching to ",
            "Creating network \"",
            "\u2714 Container "),
    DOCKERFILE("This is a Dockerfile, not the log of a build.");

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so.
    private final List<String> marks;

    OtherLog(String sentence, String... marks) {
        this.sentence = sentence;
        this.marks = List.of(marks);
    }

    /** Returns a description of the log, as a sentence for users. */
    String sentence() {
        return sentence;
    }

    /** Returns true if a line identifies this kind of log. The line must be without surrounding blanks and escape sequences. */
    boolean shows(String line) {
        boolean own = switch (this) {
            case BUILDAH -> isStep(afterStages(line), "STEP ", ": ");
            case CLASSIC -> isStep(line, "Step ", " : ");
            case COMPOSE -> line.startsWith("Container ") && line.endsWith("ed");
            case DOCKERFILE -> isInstruction(line);
            default -> false;
        };
        return own || marks.stream().anyMatch(line::contains);
    }

    /** Removes {@code [1/2] } before a step of Buildah, the number of its stage among several. */
    private static String afterStages(String line) {
        int end = line.startsWith("[") ? line.indexOf("] ") : -1;
        return end < 0 ? line : line.substring(end + 2);
    }

    /** Returns true for {@code Step 2/5 : } or, before Docker 1.13, {@code Step 1 : }. */
    private static boolean isStep(String line, String word, String colon) {
        int at = line.startsWith(word) ? afterDigits(line, word.length()) : 0;
        if (at <= word.length()) {
            return false;
        }
        int end = at < line.length() && line.charAt(at) == '/' ? afterDigits(line, at + 1) : at;
        return line.startsWith(colon, end);
    }

    private static int afterDigits(String line, int from) {
        int at = from;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean isInstruction(String line) {
        String upper = line.toUpperCase(Locale.ROOT);
        return upper.startsWith("FROM ") || upper.startsWith("# SYNTAX=");
    }
}
