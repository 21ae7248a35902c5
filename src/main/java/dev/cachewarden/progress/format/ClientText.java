package dev.cachewarden.progress.format;

import dev.cachewarden.progress.Builds;

/** Reads the text that a client prints outside the steps: the reason of a failed build, and all warnings at the end. */
final class ClientText {

    private final Builds builds;
    private boolean warningsFollow;

    ClientText(Builds builds) {
        this.builds = builds;
    }

    /** Reads a line. Returns true if it was a warning. BuildKit shows a warning only while its vertex runs; buildx lists all of them. */
    boolean line(String line) {
        String words = line.strip();
        builds.parseClientLine(words);
        if (warningsFollow && line.startsWith(" - ")) {
            builds.current().warning(Warning.parse(null, words.substring(2)));
            return true;
        }
        warningsFollow = words.contains(" warning") && words.contains(" found") && Character.isDigit(words.charAt(0));
        return false;
    }

    void reset() {
        warningsFollow = false;
    }
}
