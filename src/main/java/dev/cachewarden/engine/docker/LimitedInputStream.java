package dev.cachewarden.engine.docker;

import dev.cachewarden.buildcache.ByteSize;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails if it exceeds a size limit, and records that the end was reached. */
final class LimitedInputStream extends FilterInputStream {

    private final long limit;
    private long count;
    private boolean ended;

    LimitedInputStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** Returns true if the end was reached. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        counted(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        counted(read);
        return read;
    }

    /** Does nothing, because a close of a body would read its rest without a limit. The owner of the connection ends it. */
    @Override
    public void close() {}

    @Override
    public boolean markSupported() {
        return false;
    }

    private void counted(int bytes) throws IOException {
        if (bytes < 0) {
            ended = true;
            return;
        }
        count += bytes;
        if (count > limit) {
            throw new BadAnswerException(
                    "it is larger than the " + new ByteSize(limit) + " allowed by cachewarden.engine.max-answer-size");
        }
    }
}
