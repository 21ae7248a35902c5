package dev.cachewarden.progress.format;

import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A step in a terminal view: {@code => CACHED [2/5] WORKDIR /app   0.0s}.
 *
 * @param state {@link VertexState#DONE} if the step has no mark; it may still run then
 * @param time duration of the step so far, or null if the copy does not contain it
 */
record TerminalLine(
        VertexState state, String name, @Nullable Duration time) {

    static final String MARK = "=> ";

    /** Returns the step, or null if the line is not a step. */
    static @Nullable TerminalLine of(String words) {
        if (!words.startsWith(MARK) || words.startsWith(MARK, MARK.length())) {
            return null;
        }
        String rest = words.substring(MARK.length()).strip();
        var state = VertexState.DONE;
        for (var marked : new VertexState[] {VertexState.CACHED, VertexState.FAILED, VertexState.CANCELED}) {
            String mark = (marked == VertexState.FAILED ? "ERROR" : marked.name()) + " ";
            if (rest.startsWith(mark)) {
                state = marked;
                rest = rest.substring(mark.length()).strip();
            }
        }
        var time = time(rest);
        String name = time == null ? rest : withoutTime(rest);
        return name.isEmpty() ? null : new TerminalLine(state, name, time);
    }

    /** Returns true if only BuildKit uses such a name. */
    boolean isSure() {
        int end = name.startsWith("[") ? name.indexOf(']') : -1;
        if (end < 0) {
            return name.startsWith("exporting to ") || name.startsWith("resolve image config for ");
        }
        String inside = name.substring(1, end).strip();
        return inside.endsWith("internal") || inside.endsWith("auth") || inside.matches("(?:.* )?\\d{1,4}/\\d{1,4}");
    }

    TerminalLine whole(String name, @Nullable Duration time) {
        return new TerminalLine(state, name, time);
    }

    /** Returns the seconds at the end of a line, after a blank, or null if there are none. */
    static @Nullable Duration time(String words) {
        int blank = words.lastIndexOf(' ');
        String last = words.substring(blank + 1);
        return last.indexOf('.') > 0 ? Figures.seconds(last) : null;
    }

    /** Returns a text without its time. Some copies also have an arrow before the time. */
    static String withoutTime(String words) {
        String name = words.substring(0, Math.max(0, words.lastIndexOf(' '))).strip();
        return name.endsWith(" =>") ? name.substring(0, name.length() - 3).strip() : name;
    }

    /** The header of a view: {@code [+] Building 12.6s (5/9)}, followed by {@code FINISHED} at the end of the build. */
    record Header(Duration time, int done, int total, boolean finished) {

        static final String BEGINNING = "[+] Building ";

        /** Returns the header, or null if the line is not a header. */
        static @Nullable Header of(String words) {
            if (!words.startsWith(BEGINNING)) {
                return null;
            }
            int open = words.indexOf(" (", BEGINNING.length());
            int slash = words.indexOf('/', open + 1);
            int close = words.indexOf(')', slash + 1);
            if (open < 0 || slash < 0 || close < 0) {
                return null;
            }
            var time = Figures.seconds(words.substring(BEGINNING.length(), open));
            int done = number(words.substring(open + 2, slash));
            int total = number(words.substring(slash + 1, close));
            return time == null || done < 0 || total < 0
                    ? null
                    : new Header(time, done, total, words.startsWith(" FINISHED", close + 1));
        }

        private static int number(String digits) {
            boolean all =
                    !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            return all ? Integer.parseInt(digits) : -1;
        }

        /** Returns true if another header may belong to the same view, drawn later. */
        boolean mayBecome(Header later) {
            return !finished && later.time.compareTo(time) >= 0 && later.done >= done && later.total >= total;
        }
    }
}
