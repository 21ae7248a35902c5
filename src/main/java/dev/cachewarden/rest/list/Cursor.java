package dev.cachewarden.rest.list;

import dev.cachewarden.rest.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The position in a list where its next page begins, as an opaque text ({@code after=}). It carries a checksum over the list it belongs to.
 * A truncated, altered, or foreign cursor therefore causes an error instead of a wrong page. It contains no secret and grants no access.
 */
public final class Cursor {

    private static final int CHECKSUM_BYTES = 6;
    private static final String SEPARATOR = "\u001f";

    private Cursor() {}

    /**
     * Encodes a cursor.
     *
     * @param list identifies the list: its name, its order, and everything else that distinguishes it from other lists
     * @param position values that identify the last item of the page; not empty, without control characters
     */
    public static String encode(String list, List<String> position) {
        byte[] content = String.join(SEPARATOR, position).getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(CHECKSUM_BYTES + content.length)
                .put(checksum(list, content))
                .put(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Decodes a cursor.
     *
     * @param list the same value as at encoding
     * @throws InvalidInputException about {@code after}, if the text is not a cursor of this list
     */
    public static List<String> decode(String list, String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        if (bytes.length <= CHECKSUM_BYTES) {
            throw foreign();
        }
        byte[] content = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
        if (!MessageDigest.isEqual(checksum(list, content), Arrays.copyOf(bytes, CHECKSUM_BYTES))) {
            throw foreign();
        }
        return List.of(new String(content, StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }

    private static InvalidInputException foreign() {
        return new InvalidInputException(
                "after",
                "is not a cursor of this list; use 'next' of the previous page with the same filter and sort order");
    }

    private static byte[] checksum(String list, byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(content), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide SHA-256", e);
        }
    }
}
