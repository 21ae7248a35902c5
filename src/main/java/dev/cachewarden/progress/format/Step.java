package dev.cachewarden.progress.format;

import dev.cachewarden.progress.TargetName;
import dev.cachewarden.progress.VertexUpdate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of a vertex that a reader needs to continue it, because a plain log reports a vertex in several blocks. */
final class Step {

    /** The maximum length of a line that is compared with later ones. */
    static final int REMEMBERED = 4096;

    private static final byte[] NOTHING = {};

    final String id;

    /** The name in its header. */
    final String name;

    /** True if it has ended, even if its header was repeated since. */
    boolean ended;

    /** True if its header was printed, and it has not ended since. */
    boolean open;

    /** True if its header appears twice in a row, for example if a tool has written each line twice. */
    boolean doubled;

    boolean printed;
    private byte[] interrupted = NOTHING;

    /** The name without the truncation of a header. */
    String wholeName;

    private @Nullable Instant started;
    private @Nullable Instant completed;
    boolean cached;

    @Nullable
    String error;

    Step(int number, String name) {
        this.id = "#" + number;
        this.name = name;
        this.wholeName = name;
    }

    void ended() {
        ended = true;
        open = false;
    }

    /** Records that another vertex interrupts this one, so that its last output line may be incomplete. */
    void interruptedIn(byte[] line, int length) {
        interrupted = length > REMEMBERED ? NOTHING : Arrays.copyOf(line, length);
    }

    /**
     * Returns how many bytes of a line were already recorded. If another vertex interrupts a line, BuildKit ends the incomplete line. It
     * later prints the line again from its beginning, in full and with the same time. This looks exactly like another line that begins with
     * the previous one and was printed within the same millisecond, which is rarer.
     */
    int reportedBefore(byte[] line, int from, int to) {
        byte[] before = interrupted;
        if (before.length == 0) {
            return 0;
        }
        interrupted = NOTHING;
        boolean again =
                to - from >= before.length && Arrays.equals(line, from, from + before.length, before, 0, before.length);
        return again ? before.length : 0;
    }

    void startedAt(@Nullable Instant time) {
        started = time;
        completed = null;
    }

    void completedAt(@Nullable Instant time) {
        completed = time;
        ended = true;
    }

    VertexUpdate update() {
        return new VertexUpdate(id, wholeName, List.of(), started, completed, cached, error);
    }

    /**
     * Returns true if only two builds in one log can explain a line: a number has two names, or ends twice under one header. BuildKit
     * restarts vertices, but it repeats the header before it reports more of one that has ended.
     */
    boolean isOfOtherBuild(String words) {
        boolean named = words.startsWith("[") && words.contains("] ");
        return named || (ended && !open && !doubled && Dialect.isEnd(words));
    }

    /**
     * Returns true if a header is another name of this vertex. A vertex that several targets or stages share appears again under the name
     * from another one.
     */
    boolean isAlsoNamed(String words, boolean targets) {
        if (!words.startsWith("[") || !name.startsWith("[")) {
            return false;
        }
        String instruction = instruction(words);
        return (targets && TargetName.without(words).equals(TargetName.without(name)))
                || (!instruction.isEmpty() && instruction.equals(instruction(name)));
    }

    /**
     * Returns the instruction after the bracket: {@code RUN make} of {@code [build 2/5] RUN make}. Empty if the name is not of an
     * instruction.
     */
    private static String instruction(String name) {
        int end = name.startsWith("[") ? name.indexOf("] ") : -1;
        int slash = end < 0 ? -1 : name.lastIndexOf('/', end);
        boolean place = slash > 1 && isDigit(name.charAt(slash - 1)) && isDigit(name.charAt(slash + 1));
        return place ? name.substring(end + 2) : "";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
