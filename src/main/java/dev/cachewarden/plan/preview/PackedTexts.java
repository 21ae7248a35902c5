package dev.cachewarden.plan.preview;

import java.util.Arrays;
import java.util.Collection;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Similar texts, compressed together. The steps of one host's builds take a few bytes each. */
final class PackedTexts {

    private final int count;
    private final int length;
    private final byte[] compressed;

    private PackedTexts(int count, int length, byte[] compressed) {
        this.count = count;
        this.length = length;
        this.compressed = compressed;
    }

    static PackedTexts of(Collection<String> texts) {
        var plain = new PackedBytes(texts.size() * 100);
        texts.forEach(plain::text);
        byte[] bytes = plain.toArray();
        return new PackedTexts(texts.size(), bytes.length, compress(bytes));
    }

    private static byte[] compress(byte[] plain) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            var compressed = new byte[plain.length / 4 + 64];
            int length = 0;
            while (!deflater.finished()) {
                if (length == compressed.length) {
                    compressed = Arrays.copyOf(compressed, compressed.length * 2);
                }
                length += deflater.deflate(compressed, length, compressed.length - length);
            }
            return Arrays.copyOf(compressed, length);
        } finally {
            deflater.end();
        }
    }

    /** Returns the size in bytes. */
    long bytes() {
        return compressed.length;
    }

    /** Returns all texts, in their order. */
    String[] unpacked() {
        var from = new PackedBytes.Reader(plain(), 0);
        var texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = from.text();
        }
        return texts;
    }

    private byte[] plain() {
        var plain = new byte[length];
        var inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            int got = 0;
            while (got < length) {
                int more = inflater.inflate(plain, got, length - got);
                if (more == 0) {
                    throw new IllegalStateException("Compressed texts end after " + got + " of " + length + " bytes");
                }
                got += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new IllegalStateException("Compressed texts cannot be read back", e);
        } finally {
            inflater.end();
        }
    }
}
