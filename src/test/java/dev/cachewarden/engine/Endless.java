package dev.cachewarden.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** An answer that goes on until the other side hangs up, and counts what it was able to send. */
final class Endless implements ScriptedServer.Script {

    private static final int PART = 8_192;

    private final String before;
    private final byte[] more;
    private final AtomicLong most = new AtomicLong();

    Endless(String before, String more) {
        this.before = before;
        this.more = more.repeat(PART).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void play(OutputStream out) throws IOException {
        out.write(before.getBytes(StandardCharsets.ISO_8859_1));
        for (long sent = more.length; true; sent += more.length) {
            out.write(more);
            most.accumulateAndGet(sent, Math::max);
        }
    }

    /** Bytes that were sent over one connection, at most. */
    long sent() {
        return most.get();
    }
}
