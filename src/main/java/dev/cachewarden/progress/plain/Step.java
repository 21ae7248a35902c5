package dev.cachewarden.progress.plain;

import dev.cachewarden.progress.TargetName;
import dev.cachewarden.progress.VertexUpdate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader remembers of a vertex, which a plain log tells of in several blocks. */
final class Step {

    /** Longer lines are not looked at again. */
    static final int REMEMBERED = 4096;

    private static final byte[] NOTHING = {};

    final String id;

    /** As in its header. */
    final String name;

    /** Whether it has ended, though it may have been headed again since. */
    boolean ended;

    /** Whether it was headed, and has not ended since. */
    boolean open;

    /** Whether its header stands twice in a row, as where a tool has written each line twice. */
    boolean doubled;

    boolean printed;
    private byte[] interrupted = NOTHING;
    private String wholeName;
    private @Nullable Instant started;
    private @Nullable Instant completed;
    private boolean cached;
    private @Nullable String error;

    Step(int number, String name) {
        this.id = "#" + number;
        this.name = name;
        this.wholeName = name;
    }

    void ended() {
        ended = true;
        open = false;
    }

    /** Another vertex's turn: the last line that this one printed may be half a line. */
    void interruptedIn(byte[] line, int length) {
        interrupted = length > REMEMBERED ? NOTHING : Arrays.copyOf(line, length);
    }

    /**
     * How much of a line was told before. BuildKit prints a line that another vertex interrupted again from its beginning, in full and
     * with the same time before it, and ends the half line that it had printed. Looks exactly like a line that begins with the one
     * before, printed within the same millisecond; that is rarer.
     */
    int toldBefore(byte[] line, int from, int to) {
        byte[] before = interrupted;
        if (before.length == 0) {
            return 0;
        }
        interrupted = NOTHING;
        boolean again =
                to - from >= before.length && Arrays.equals(line, from, from + before.length, before, 0, before.length);
        return again ? before.length : 0;
    }

    /** Takes a line of Docker CLI 18.09, which prints what changed of a vertex key by key. */
    void changed(String key, String value) {
        switch (key) {
            case "name" -> wholeName = GoText.unquoted(value);
            case "started" -> {
                started = GoText.time(value);
                completed = null;
            }
            case "completed" -> {
                completed = GoText.time(value);
                ended = true;
            }
            case "cached" -> cached = value.equals("true");
            case "error" -> error = GoText.unquoted(value);
            default -> {
                // The duration follows from the two times.
            }
        }
    }

    VertexUpdate update() {
        return new VertexUpdate(id, wholeName, List.of(), started, completed, cached, error);
    }

    /**
     * Whether only two builds that wrote into one log can explain a line: a number has two names, or ends twice under one header. BuildKit
     * restarts vertices, but it prints the header again before it reports more of one that has ended.
     */
    boolean isOfOtherBuild(String words) {
        boolean named = words.startsWith("[") && words.contains("] ");
        return named || (ended && !open && !doubled && StepLine.isEnd(words));
    }

    /** A vertex that several targets share, or several stages, comes again under the name that another has for it. */
    boolean isAlsoNamed(String words, boolean targets) {
        if (!words.startsWith("[") || !name.startsWith("[")) {
            return false;
        }
        String instruction = StepLine.instruction(words);
        return (targets && TargetName.without(words).equals(TargetName.without(name)))
                || (!instruction.isEmpty() && instruction.equals(StepLine.instruction(name)));
    }
}
