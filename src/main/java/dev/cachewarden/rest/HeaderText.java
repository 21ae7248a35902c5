package dev.cachewarden.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes header text: UTF-8, percent-encoded or not. The container decodes the bytes of headers as ISO 8859-1. Text that contains a
 * percent sign but is not percent-encoded is returned unchanged.
 */
public final class HeaderText {

    private HeaderText() {}

    public static String decode(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        return unescaped(bytes)
                .flatMap(HeaderText::utf8)
                .orElseGet(() -> utf8(bytes).orElse(header));
    }

    /** Returns the decoded bytes, or empty if a percent sign is not followed by two hexadecimal digits. */
    private static Optional<byte[]> unescaped(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                return Optional.empty();
            }
            out.write(high * 16 + low);
            i += 2;
        }
        return Optional.of(out.toByteArray());
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
