package dev.cachewarden.simulator.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A reading that begins well and never comes to an end that makes sense. */
final class EndlessRecords extends InputStream {

    private static final byte[] BEGINNING = "{\"BuildCache\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RECORD = """
            {"ID":"aaaaaaaaaaaaaaaaaaaaaaaaa","Type":"regular","Description":"mount / from exec /bin/sh -c true",\
            "InUse":false,"Shared":false,"Size":1,"CreatedAt":"2026-01-01T00:00:00Z","LastUsedAt":null,"UsageCount":0},\
            """.getBytes(StandardCharsets.UTF_8);

    private final long bytes;
    private long at;

    EndlessRecords(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        return at >= bytes ? -1 : next();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int count = (int) Math.min(length, bytes - at);
        for (int i = 0; i < count; i++) {
            target[offset + i] = next();
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, bytes - at);
    }

    private byte next() {
        long place = at++;
        return place < BEGINNING.length
                ? BEGINNING[(int) place]
                : RECORD[(int) ((place - BEGINNING.length) % RECORD.length)];
    }
}
