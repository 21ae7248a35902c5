package dev.cachewarden.build.intake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed digests of the values of build arguments. Equal values have equal digests, and a digest does not reveal the value without the key.
 */
final class ArgumentDigests {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 12;

    private final SecretKeySpec key;

    /**
     * Creates digests with a key.
     *
     * @param key secret of this installation
     */
    public ArgumentDigests(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Returns the digests by argument name.
     *
     * @param arguments values by argument name
     */
    public Map<String, String> of(Map<String, String> arguments) {
        var digests = new TreeMap<String, String>();
        arguments.forEach((name, value) -> digests.put(name, digest(name, value)));
        return digests;
    }

    private String digest(String name, String value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no " + ALGORITHM, e);
        }
    }
}
