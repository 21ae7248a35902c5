package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemMetricsTests {

    private static final String ROOT = mount("/", "/dev/vda1", "ext4", "1.0e+11", "4e+10");

    /** What node_exporter 1.5.0 told; {@code src/test/recordings/record-node-exporter} made it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/var/lib/docker,        33554432, 28553216",
        "/var/lib/docker/,       33554432, 28553216",
        "/var/lib/docker/nested, 33554432, 28553216",
        "/var/lib/docker2,       67108864, 31334400",
        "/var/lib,               67108864, 31334400",
        "/,                      67108864, 31334400",
        "/srv/../var/lib/docker, 33554432, 28553216",
        // Mounted over another, of which the lower one is told with what the upper one has.
        "/data/docker,           25165824, 25165824",
    })
    void pickTheFileSystemThatHoldsTheFolder(String folder, long total, long free) throws Exception {
        assertThat(recorded(folder)).isEqualTo(new DiskSpace(new ByteSize(total), new ByteSize(free)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"var/lib/docker", "C:\\ProgramData\\docker", "/var/lib/a \"quoted\\ name\"", "/a\nb", ""})
    void rejectsADirectoryThatIsNotAbsolute(String folder) {
        assertThatThrownBy(() -> new FilesystemMetrics(folder))
                .isInstanceOf(DiskUnknownException.class)
                .hasMessageEndingWith("' is not an absolute path, so node_exporter cannot report it");
    }

    @Test
    void freeIsWithWhatIsReservedForRoot() throws Exception {
        String exposition =
                ROOT + "node_filesystem_avail_bytes{device=\"/dev/vda1\",fstype=\"ext4\",mountpoint=\"/\"} 1e+10\n";

        assertThat(disk("/var/lib/docker", exposition).free()).isEqualTo(ByteSize.parse("40GB"));
    }

    @Test
    void namesWithQuotesAndBlanksAreFound() throws Exception {
        String odd = "/mnt/a \"b\" c";
        String exposition = ROOT + mount("/mnt/a \\\"b\\\" c", "x", "xfs", "3e+10", "2e+10");

        assertThat(disk(odd + "/docker", exposition).total()).isEqualTo(ByteSize.parse("30GB"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            size that is no number     | NaN     | 2e+10
            free that is no number     | 3e+10   | NaN
            negative free              | 3e+10   | -5
            infinite size              | +Inf    | 2e+10
            """)
    void unknownRatherThanTheFileSystemAbove(String title, String size, String free) {
        assertUnknown(
                ROOT + mount("/var/lib/docker", "x", "xfs", size, free),
                "http://x reports ambiguous values for the file system at /var/lib/docker, which contains"
                        + " /var/lib/docker");
    }

    @Test
    void unknownWhereNodeExporterCouldNotMeasureIt() {
        assertUnknown(
                ROOT
                        + "node_filesystem_device_error{device=\"x\",fstype=\"xfs\",mountpoint=\"/var/lib/docker\"} 1\n"
                        + "node_filesystem_readonly{device=\"x\",fstype=\"xfs\",mountpoint=\"/var/lib/docker\"} 0\n",
                "http://x reports ambiguous values for the file system at /var/lib/docker, which contains"
                        + " /var/lib/docker");
    }

    @Test
    void unknownIfTwoMetricsReportDifferentSizes() {
        assertUnknown(
                mount("/var/lib/docker", "x", "xfs", "3e+10", "2e+10")
                        + mount("/var/lib/docker", "y", "ext4", "5e+10", "2e+10"),
                "http://x reports ambiguous values for the file system at /var/lib/docker, which contains"
                        + " /var/lib/docker");
    }

    @Test
    void ofTwoThatWereMeasuredOneAfterTheOtherTheLessFreeCounts() throws Exception {
        String exposition = mount("/", "x", "xfs", "3e+10", "2.1e+10") + mount("/", "y", "autofs", "3e+10", "2.0e+10");

        assertThat(disk("/var/lib/docker", exposition).free()).isEqualTo(ByteSize.parse("20GB"));
    }

    @Test
    void unknownWithinAContainer() {
        assertUnknown(
                mount("/", "overlay", "overlay", "3e+10", "2e+10"),
                "http://x reports the file system of a container at / instead of that of the host. Mount the root"
                        + " of the host and set"
                        + " --path.rootfs of node_exporter to it");
        assertUnknown(
                mount("/host", "x", "ext4", "3e+10", "2e+10"),
                "http://x reports no file system that contains /var/lib/docker. In a container, node_exporter needs"
                        + " --path.rootfs");
    }

    @Test
    void unknownWhereNumbersCannotBe() {
        assertUnknown(
                mount("/", "x", "ext4", "0", "0"),
                "http://x reports impossible values for the file system at /: 0 of 0 bytes free");
        assertUnknown(
                mount("/", "x", "ext4", "10", "20"),
                "http://x reports impossible values for the file system at /: 20 of 10 bytes free");
    }

    @Test
    void unknownIfNoFileSystemIsReported() {
        assertUnknown(
                "node_filesystem_size_bytes 5\nnode_filesystem_nonsense{\n",
                "http://x reports no file system. Check that it is a node_exporter with the filesystem collector"
                        + " enabled");
    }

    private static void assertUnknown(String exposition, String problem) {
        assertThatThrownBy(() -> disk("/var/lib/docker", exposition))
                .isInstanceOf(DiskUnknownException.class)
                .hasMessage(problem);
    }

    private static String mount(String point, String device, String type, String size, String free) {
        String labels = "{device=\"" + device + "\",fstype=\"" + type + "\",mountpoint=\"" + point + "\"} ";
        return "node_filesystem_size_bytes" + labels + size + "\nnode_filesystem_free_bytes" + labels + free + "\n";
    }

    private static DiskSpace disk(String folder, String exposition) throws DiskUnknownException {
        var metrics = new FilesystemMetrics(folder);
        exposition.lines().forEach(metrics::take);
        return metrics.disk("http://x");
    }

    private static DiskSpace recorded(String folder) throws DiskUnknownException, IOException {
        var metrics = new FilesystemMetrics(folder);
        try (InputStream in =
                Objects.requireNonNull(FilesystemMetricsTests.class.getResourceAsStream("node-exporter-1.5.0.txt"))) {
            assertThat(new MetricLines(FilesystemMetrics.PREFIX, metrics::take).read(in, 1 << 20))
                    .isTrue();
        }
        return metrics.disk("http://x");
    }
}
