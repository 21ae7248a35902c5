package dev.cachewarden.progress.plain;

import dev.cachewarden.progress.builds.Builds;

/** What a client prints outside the steps: why the build failed, and at the end all warnings. */
final class ClientText {

    private final Builds builds;
    private boolean warningsFollow;

    ClientText(Builds builds) {
        this.builds = builds;
    }

    /** Takes a line. Returns whether it was a warning. BuildKit shows one only if its vertex still runs; buildx lists all of them. */
    boolean line(String line) {
        String words = line.strip();
        builds.said(words);
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
