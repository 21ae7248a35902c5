package dev.cachewarden.progress.log;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the first bytes, which determine the next stage. */
final class Head implements Bytes {

    private final byte[] head;
    private final Function<byte[], Bytes> choice;
    private int size;
    private @Nullable Bytes next;

    /**
     * Creates a stage.
     *
     * @param length number of bytes for the choice; it gets fewer only if the input ends before
     * @param choice function from the first bytes to the stage that processes these and all further bytes
     */
    Head(int length, Function<byte[], Bytes> choice) {
        this.head = new byte[length];
        this.choice = choice;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (next == null && at < end) {
            head[size++] = bytes[at++];
            if (size == head.length) {
                chosen();
            }
        }
        if (next != null && at < end) {
            next.take(bytes, at, end - at);
        }
    }

    private Bytes chosen() {
        byte[] first = Arrays.copyOf(head, size);
        var chosen = choice.apply(first);
        next = chosen;
        chosen.take(first, 0, size);
        return chosen;
    }

    @Override
    public void end() {
        var chosen = next == null ? chosen() : next;
        chosen.end();
    }
}
