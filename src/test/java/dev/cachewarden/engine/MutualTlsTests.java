package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutualTlsTests {

    private static final Path CA = TestTls.file("ca");
    private static final Path CERTIFICATE = TestTls.file("client");
    private static final Path KEY = TestTls.file("client-key");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"client,client-key", "client,client-key-pkcs1", "client-ec,client-ec-key"})
    void readsKeysOfEachForm(String certificate, String key) {
        assertThatNoException()
                .isThrownBy(() ->
                        TestTls.mutual(TestTls.files("ca", certificate, key)).context());
    }

    @Test
    void missingFile() {
        var missing = folder.resolve("ca.pem");

        assertFault(new TlsFiles(missing, CERTIFICATE, KEY), "TLS file " + missing + " of ci-1 does not exist");
    }

    @Test
    void folderInsteadOfFile() {
        assertFault(new TlsFiles(CA, folder, KEY), "TLS file " + folder + " of ci-1 is not a PEM file");
    }

    @Test
    void emptyFile() throws IOException {
        var empty = Files.createFile(folder.resolve("cert.pem"));

        assertFault(new TlsFiles(CA, empty, KEY), "TLS file " + empty + " of ci-1 contains no certificate");
    }

    @Test
    void textInsteadOfCertificate() throws IOException {
        var text = Files.writeString(
                folder.resolve("cert.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertFault(new TlsFiles(CA, text, KEY), "TLS file " + text + " of ci-1 is not a certificate in PEM format");
    }

    @Test
    void certificateInsteadOfKey() {
        assertFault(
                new TlsFiles(CA, CERTIFICATE, CERTIFICATE),
                "TLS file " + CERTIFICATE + " of ci-1 contains no private key in PEM format");
    }

    @Test
    void brokenKey() throws IOException {
        var broken = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        assertFault(
                new TlsFiles(CA, CERTIFICATE, broken),
                "TLS file " + broken + " of ci-1 contains no readable private key");
    }

    @Test
    void encryptedKey() {
        var key = TestTls.file("client-key-encrypted");

        assertFault(
                new TlsFiles(CA, CERTIFICATE, key),
                "TLS file " + key + " of ci-1 is encrypted; remove the passphrase: openssl pkey -in … -out …");
    }

    @Test
    void keyOfAnUnsupportedForm() {
        var key = TestTls.file("client-ec-key-sec1");

        assertFault(
                new TlsFiles(CA, CERTIFICATE, key),
                "TLS file " + key
                        + " of ci-1 is a EC PRIVATE KEY; convert it to PKCS #8: openssl pkcs8 -topk8 -nocrypt …");
    }

    @Test
    void keyOfAnotherCertificate() {
        var key = TestTls.file("server-key");

        assertFault(
                new TlsFiles(CA, CERTIFICATE, key),
                "TLS file " + key + " of ci-1 does not match the certificate " + CERTIFICATE);
    }

    private static void assertFault(TlsFiles files, String message) {
        assertThatExceptionOfType(EngineUnreachableException.class)
                .isThrownBy(() -> TestTls.mutual(files))
                .withMessage(message)
                .satisfies(thrown ->
                        assertThat(thrown.problem()).isEqualTo(new HostProblem(HostProblem.Cause.TLS, message)));
    }
}
