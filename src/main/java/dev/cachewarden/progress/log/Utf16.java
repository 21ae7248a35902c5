package dev.cachewarden.progress.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Converts UTF-16 to UTF-8. Windows PowerShell 5 writes UTF-16 if output is redirected to a file with {@code >}. */
final class Utf16 implements Bytes {

    private static final int SIZE = 8 << 10;

    private final Bytes next;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer in = ByteBuffer.allocate(SIZE);
    private final CharBuffer chars = CharBuffer.allocate(SIZE);
    private final ByteBuffer out = ByteBuffer.allocate(4 * SIZE);

    Utf16(Charset charset, Bytes next) {
        this.next = next;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count = Math.min(in.remaining(), end - at);
            in.put(bytes, at, count);
            at += count;
            convert(false);
        }
    }

    /** Converts the buffered bytes. Each buffer is large enough for the result of a full previous one. */
    private void convert(boolean end) {
        in.flip();
        decoder.decode(in, chars, end);
        in.compact();
        chars.flip();
        encoder.encode(chars, out, end);
        chars.compact();
        next.take(out.array(), 0, out.position());
        out.clear();
    }

    @Override
    public void end() {
        convert(true);
        next.end();
    }
}
