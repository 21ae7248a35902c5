package dev.cachewarden.engine;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Wraps an RSA key from PKCS #1 into PKCS #8 (RFC 5208). {@code openssl genrsa} wrote PKCS #1 before OpenSSL 3. */
final class Pkcs1 {

    /** INTEGER 0 (version), then SEQUENCE { OID rsaEncryption, NULL }. */
    private static final byte[] VERSION_AND_ALGORITHM = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private Pkcs1() {}

    static byte[] toPkcs8(byte[] pkcs1) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_AND_ALGORITHM);
        write(content, OCTET_STRING, pkcs1);
        var whole = new ByteArrayOutputStream();
        write(whole, SEQUENCE, content.toByteArray());
        return whole.toByteArray();
    }

    /** Writes a value. Always uses the long form of two bytes, because keys are longer than 127 and shorter than 65536 bytes. */
    private static void write(ByteArrayOutputStream out, int tag, byte[] value) {
        out.write(tag);
        out.write(0x82);
        out.write(value.length >> 8);
        out.write(value.length);
        out.writeBytes(value);
    }
}
