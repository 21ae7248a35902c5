package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DfOutputTests {

    @Test
    void gnu() throws Exception {
        // As coreutils 9.1 printed it: what is reserved for root is neither used nor available.
        assertThat(parse("""
                Filesystem     1024-blocks     Used Available Capacity Mounted on
                /dev/vda         264212084 37127972  69262940      35% /
                """)).isEqualTo(kibibytes(264_212_084, 264_212_084 - 37_127_972));
    }

    @Test
    void busyBox() throws Exception {
        assertThat(parse("""
                Filesystem           1024-blocks    Used Available Capacity Mounted on
                overlay               61255492  17112908  40998640  29% /
                """)).isEqualTo(kibibytes(61_255_492, 61_255_492 - 17_112_908));
    }

    @Test
    void bsd() throws Exception {
        assertThat(parse("""
                Filesystem  1024-blocks     Used   Avail Capacity  Mounted on
                zroot/docker  473889024 12345678 461543346     3%    /var/lib/docker
                """)).isEqualTo(kibibytes(473_889_024, 473_889_024 - 12_345_678));
    }

    @Test
    void blocksOfHalfAKibibyte() throws Exception {
        assertThat(parse("""
                Filesystem 512-blocks Used Available Capacity Mounted on
                /dev/sd0a        2000  500      1500      25% /
                """)).isEqualTo(new DiskSpace(new ByteSize(1_024_000), new ByteSize(768_000)));
    }

    @Test
    void aLineThatIsBrokenBehindALongName() throws Exception {
        assertThat(parse("""
                Filesystem           1K-blocks      Used Available Use% Mounted on
                /dev/mapper/very--long--volume--group-and--a--logical--volume
                                     100000  30000  65000  32% /var/lib/docker
                """)).isEqualTo(kibibytes(100_000, 70_000));
    }

    @Test
    void namesWithBlanksAndNumbers() throws Exception {
        assertThat(parse("""
                Filesystem     1024-blocks  Used Available Capacity Mounted on
                //nas/My Share 7     100000 30000     65000      32% /mnt/my share 100%
                """)).isEqualTo(kibibytes(100_000, 70_000));
    }

    @Test
    void skipsAGreeting() throws Exception {
        assertThat(parse("""
                Welcome to builder-7. 100 200 300 40% /full
                Filesystem     1024-blocks  Used Available Capacity Mounted on
                /dev/vda            100000 30000     65000      32% /
                """)).isEqualTo(kibibytes(100_000, 70_000));
    }

    @Test
    void moreUsedThanIsThereForOthers() throws Exception {
        assertThat(parse("""
                Filesystem     1024-blocks  Used Available Capacity Mounted on
                /dev/vda            100000 99000     -4000     105% /
                """)).isEqualTo(kibibytes(100_000, 1_000));
    }

    @Test
    void windowsLineEnds() throws Exception {
        assertThat(
                        parse(
                                "Filesystem 1024-blocks Used Available Capacity Mounted on\r\n/dev/vda 100000 30000 65000 32% /\r\n"))
                .isEqualTo(kibibytes(100_000, 70_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dev/vda 100000 30000 65000 32% /",
                "Filesystem 1024-blocks Used Available Capacity Mounted on",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100000 30000 65000 32%",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\nudev 0 0 0 - /dev",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\nx 100 200 0 100% /",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\nx 9223372036854775807 1 1 1% /",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\nx 9999999999999999999 1 1 1% /",
                "Filesystem 1024-blocks Used Available Capacity Mounted on\nx 10 1 9 10% /\ny 20 1 19 5% /var",
                "Filesystem 1048576-blocks Used Available Capacity Mounted on\nx 10 1 9 10% /",
                "Dateisystem 1024-Blöcke Benutzt Verfügbar Kapazität Eingehängt auf\nx 10 1 9 10% /",
                "df: command not found",
            })
    void unknownInDoubt(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(DiskUnknownException.class)
                .hasMessageStartingWith("ssh://x returned unreadable output of df -P -k: ");
    }

    @Test
    void truncatesLongOutputInErrorMessages() {
        assertThatThrownBy(() -> parse("")).hasMessageEndingWith("unreadable output of df -P -k: nothing");
        assertThatThrownBy(() -> parse("a\nb\u001b[31m"))
                .hasMessageEndingWith("unreadable output of df -P -k: a b [31m");
        assertThatThrownBy(() -> parse("x".repeat(5_000))).hasMessageEndingWith("df -P -k: " + "x".repeat(200) + "…");
    }

    private static DiskSpace parse(String text) throws DiskUnknownException {
        return DfOutput.parse(text, "ssh://x");
    }

    private static DiskSpace kibibytes(long total, long free) {
        return new DiskSpace(new ByteSize(total * 1024), new ByteSize(free * 1024));
    }
}
