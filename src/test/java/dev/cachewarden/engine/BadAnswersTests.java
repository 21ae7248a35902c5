package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.HostProblem.Cause;
import org.junit.jupiter.api.Test;

/** Readings that no engine should return. Each is reported with the host and the field, and nothing of it is used. */
class BadAnswersTests extends BadAnswersStage {

    @Test
    void cutInTheMiddle() {
        String whole = Recorded.text("docker/df-28.5.json");
        server.onJson(DF, whole.substring(0, whole.length() / 2));

        assertThat(problem()).isEqualTo(bad("it is incomplete"));
    }

    @Test
    void cutAnywhere() {
        String whole = Recorded.text("docker/df-28.5.json").strip();
        for (int length : new int[] {0, 1, 5, 60, 100, 500, 1_000, whole.length() - 1}) {
            server.onJson(DF, whole.substring(0, length));

            assertThat(problem().cause()).as("after %s bytes", length).isEqualTo(Cause.BAD_ANSWER);
        }
    }

    @Test
    void connectionBrokenOff() {
        String whole = Recorded.text("docker/df-28.5.json");
        server.on(
                DF,
                "HTTP/1.1 200 OK\r\nContent-Length: " + whole.length() + "\r\n\r\n"
                        + whole.substring(0, whole.length() / 2));

        assertThat(problem()).isEqualTo(bad("it is incomplete"));
    }

    @Test
    void chunksBrokenOff() {
        String half = Recorded.text("docker/df-28.5.json").substring(0, 1_000);
        server.on(
                DF,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(1_000) + "\r\n" + half);

        assertThat(problem()).isEqualTo(bad("it is incomplete"));
    }

    @Test
    void closedWithoutAWord() {
        server.on(DF, out -> {});

        assertThat(problem()).isEqualTo(bad("the connection was closed without a response"));
    }

    @Test
    void notJson() {
        server.onJson(DF, "<html>Sign in</html>");

        assertThat(problem()).isEqualTo(bad("it is not valid JSON at line 1, column 1"));
    }

    @Test
    void anotherShape() {
        server.onJson(DF, "[]");

        assertThat(problem()).isEqualTo(bad("the response should be an object, but is nested values"));
    }

    @Test
    void missingList() {
        server.onJson(DF, "{\"LayersSize\":0,\"Images\":null}");

        assertThat(problem()).isEqualTo(bad("BuildCache is missing, so the build cache is unknown"));
    }

    @Test
    void nullInsteadOfAList() {
        server.onJson(DF, "{\"BuildCache\":null}");

        assertThat(problem()).isEqualTo(bad("BuildCache is missing, so the build cache is unknown"));
    }

    @Test
    void negativeSize() {
        server.onJson(DF, with("\"Size\":2063232", "\"Size\":-5"));

        assertThat(problem())
                .isEqualTo(bad("Size of cache record 6hw1wb1jtvgvhp08znpyi4vxa is -5, which is out of range"));
    }

    @Test
    void sizeBeyondALong() {
        server.onJson(DF, with("\"Size\":2063232", "\"Size\":9223372036854775808"));

        assertThat(problem())
                .isEqualTo(bad("Size of cache record 6hw1wb1jtvgvhp08znpyi4vxa is 9223372036854775808, which is out"
                        + " of range"));
    }

    @Test
    void sizeThatIsNoWholeNumber() {
        server.onJson(DF, with("\"Size\":2063232", "\"Size\":1e30"));

        assertThat(problem())
                .isEqualTo(bad("Size of cache record 6hw1wb1jtvgvhp08znpyi4vxa should be a whole number, but is 1e30"));
    }

    @Test
    void negativeUsageCount() {
        server.onJson(DF, with("\"UsageCount\":21", "\"UsageCount\":-1"));

        assertThat(problem())
                .isEqualTo(bad("UsageCount of cache record 6hw1wb1jtvgvhp08znpyi4vxa is -1, which is out of range"));
    }

    @Test
    void timeThatIsNone() {
        server.onJson(DF, with("\"2026-11-20T08:20:14.574631461Z\"", "\"yesterday\""));

        assertThat(problem())
                .isEqualTo(bad("CreatedAt of cache record 6hw1wb1jtvgvhp08znpyi4vxa is not a time: yesterday"));
    }

    @Test
    void recordWithoutSize() {
        server.onJson(DF, with("\"Size\":2063232,", ""));

        assertThat(problem()).isEqualTo(bad("cache record 6hw1wb1jtvgvhp08znpyi4vxa has no Size"));
    }

    @Test
    void recordWithoutId() {
        server.onJson(DF, with("\"ID\":\"6hw1wb1jtvgvhp08znpyi4vxa\",", ""));

        assertThat(problem()).isEqualTo(bad("a cache record has no ID"));
    }

    @Test
    void recordListedTwice() {
        server.onJson(DF, with("k8587m58dlzgwms95dphz40on", "6hw1wb1jtvgvhp08znpyi4vxa"));

        assertThat(problem()).isEqualTo(bad("cache record 6hw1wb1jtvgvhp08znpyi4vxa is listed twice"));
    }

    @Test
    void goTimesOfYearOneAreUnknown() {
        server.onJson(
                DF,
                with("\"2026-11-20T08:20:14.574631461Z\"", "\"0001-01-01T00:00:00Z\"")
                        .replace("\"2026-11-20T08:42:56.382228086Z\"", "\"1970-01-01T00:00:01+01:00\""));

        assertThat(read())
                .filteredOn(CacheRecord::id, "6hw1wb1jtvgvhp08znpyi4vxa")
                .singleElement()
                .satisfies(record -> assertThat(record.createdAt()).isNull())
                .satisfies(record -> assertThat(record.lastUsedAt()).isNull());
    }

    @Test
    void unknownTypesAreKept() {
        server.onJson(DF, with("\"Type\":\"exec.cachemount\"", "\"Type\":\"exec.moonbeam\""));

        assertThat(read()).extracting(CacheRecord::type).contains(new RecordType("exec.moonbeam"));
    }

    @Test
    void unknownMembersAreSkipped() {
        server.onJson(DF, with("\"Shared\":true,", "\"Shared\":true,\"Colour\":{\"of\":[1,{\"a\":null}]},"));

        assertThat(read()).hasSize(11);
    }
}
