package dev.cachewarden.progress;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A line that a client prints outside the steps, which may report the reason of a failed build. buildx writes
 * {@code ERROR: failed to solve: …}; buildx up to 0.7 and buildctl write {@code error: …}. Docker CLI 20.10 and older write
 * {@code failed to solve with frontend …} or {@code executor failed running …}. Compose writes {@code target web: failed to solve: …}. CI
 * systems repeat the reason with their own prefixes.
 */
final class ClientLine {

    /** The prefixes of the reason, in any order. */
    private static final List<String> WRAPPERS = List.of(
            "ERROR: ",
            "error: ",
            "Error: ",
            "ERROR ",
            "##[error]",
            "::error::",
            "buildx failed with: ",
            "buildx call failed with: ",
            "buildx bake failed with: ",
            "bake failed with: ",
            "buildctl: ");

    private static final int MOST_WRAPPERS = 4;

    private static final List<String> SOLVE = List.of("failed to solve: ", "failed to solve with frontend ");

    /** The beginnings of lines of other tools that report the reason after their own text. */
    private static final List<String> ERRORS = List.of("error", "failed", "##[error]");

    private static final int LONGEST_PREFIX = 160;

    /** Reasons that only a build has. */
    private static final List<String> SOLVER = List.of(
            "failed to solve: ",
            "failed to solve with frontend ",
            "failed to build: failed to ",
            "failed to receive status: ",
            "executor failed running ");

    /** Reasons of a client that other programs may also report, so they count only after {@code error: }. */
    private static final List<String> CLIENT = List.of(
            "failed to solve",
            "failed to build",
            "failed to get status",
            "failed to read dockerfile",
            "failed to compute cache key",
            "failed to load cache key",
            "failed to create LLB definition",
            "failed to dial",
            "failed to copy: ",
            "failed to do request",
            "failed to fetch ",
            "failed to export",
            "failed to configure ",
            "listing workers for Build",
            "process \"",
            "executor failed",
            "rpc error: code = ");

    private static final String COMPOSE_SERVICE = "Service '";
    private static final String COMPOSE_FAILED = "' failed to build";

    private final String reason;
    private final boolean marked;
    private final boolean upperCase;

    private ClientLine(String reason, boolean marked, boolean upperCase) {
        this.reason = reason;
        this.marked = marked;
        this.upperCase = upperCase;
    }

    static ClientLine of(String line) {
        String rest = line.strip();
        boolean upperCase = rest.startsWith("ERROR: ");
        boolean marked = false;
        for (int i = 0; i < MOST_WRAPPERS; i++) {
            String next = withoutWrapper(rest);
            if (next.equals(rest)) {
                break;
            }
            rest = next;
            marked = true;
        }
        return new ClientLine(withoutWords(rest, marked), marked, upperCase);
    }

    /** Returns the reason in {@code error building: failed to solve: …}, a format of flyctl, Portainer, and others. */
    private static String withoutWords(String text, boolean marked) {
        int at =
                SOLVE.stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
        if (at <= 0 || at > LONGEST_PREFIX || !text.startsWith(": ", at - 2) || TargetName.ofFailure(text) != null) {
            return text;
        }
        String first = text.substring(0, at).toLowerCase(Locale.ROOT);
        boolean build = first.startsWith("failed to build: ");
        return !build && (marked || ERRORS.stream().anyMatch(first::startsWith)) ? text.substring(at) : text;
    }

    private static String withoutWrapper(String text) {
        for (String wrapper : WRAPPERS) {
            if (text.startsWith(wrapper)) {
                return text.substring(wrapper.length()).stripLeading();
            }
        }
        return text;
    }

    /** Returns true if buildx or a CI system reports an error of any kind. */
    boolean isError() {
        return upperCase;
    }

    /** Returns true if the line can only be a client's report of a failed build, even if a step could have printed it. */
    boolean isSolverFailure() {
        return SOLVER.stream().anyMatch(reason::startsWith) || TargetName.ofFailure(reason) != null;
    }

    /**
     * Returns the reason why the build failed, or null if the line does not report it. Other reports of failures also occur in successful
     * builds, such as the client's own {@code failed to get console mode for stdout}. Later steps of a CI job may report them, too.
     *
     * @param anyError true if any error can only concern the build
     */
    @Nullable
    String failure(boolean anyError) {
        boolean ofClient = marked && CLIENT.stream().anyMatch(reason::startsWith);
        boolean ofBuildx = upperCase && (reason.startsWith("failed to ") || anyError);
        boolean ofCompose = upperCase && reason.startsWith(COMPOSE_SERVICE) && reason.contains(COMPOSE_FAILED);
        return isSolverFailure() || ofClient || ofBuildx || ofCompose ? reason : null;
    }
}
