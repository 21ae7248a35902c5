package dev.cachewarden.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.engine.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskUsageJsonTests {

    @ParameterizedTest
    @CsvSource({"20.10,1.41,3970589", "26.1,1.45,4064165", "28.5,1.51,4150828"})
    void readsWhatEnginesSend(String engine, String api, long bytes) throws IOException {
        var records = read("docker/df-" + engine + ".json", api);

        assertThat(records).hasSize(11);
        assertThat(CacheUsage.of(records).total().size().bytes()).isEqualTo(bytes);
        assertThat(records)
                .filteredOn(it -> it.description().contains("-link-0."))
                .singleElement()
                .satisfies(link -> assertThat(link.parents())
                        .containsExactly(only(records, "-base").id()));
        assertThat(only(records, "-base").parents()).hasSize(1);
        assertThat(records)
                .filteredOn(it -> it.type().equals(RecordType.EXEC_CACHEMOUNT))
                .singleElement()
                .satisfies(mount -> assertThat(mount.parents()).isEmpty());
    }

    @Test
    void readsEachMember() throws IOException {
        var record = only(read("docker/df-28.5.json", "1.51"), "[base 2/2]");

        assertThat(record.id()).isEqualTo("zoxl38sfy5ghfhx5lvw9fdig7");
        assertThat(record.type()).isEqualTo(RecordType.REGULAR);
        assertThat(record.parents()).containsExactly("6hw1wb1jtvgvhp08znpyi4vxa");
        assertThat(record.description()).isEqualTo("[base 2/2] COPY payload /payload");
        assertThat(record.inUse()).isFalse();
        assertThat(record.shared()).isTrue();
        assertThat(record.mutable()).isNull();
        assertThat(record.size().bytes()).isEqualTo(14);
        assertThat(record.createdAt()).isEqualTo(Instant.parse("2026-11-20T08:20:14.613212224Z"));
        assertThat(record.lastUsedAt()).isEqualTo(Instant.parse("2026-11-20T08:20:34.553514117Z"));
        assertThat(record.usageCount()).isEqualTo(2);
    }

    /** No engine of API 1.52 was at hand: made of the records of 28.5 in the form of 29.7. */
    @Test
    void readsItemsFrom152On() throws IOException {
        String legacy = Recorded.text("docker/df-28.5.json");
        String list = legacy.substring(legacy.indexOf("[{\"ID\""), legacy.lastIndexOf(']') + 1);
        String verbose = "{\"BuildCacheUsage\":{\"Items\":" + list + ",\"Reclaimable\":1,\"TotalCount\":11}}";
        String both = "{\"BuildCache\":" + list + "," + verbose.substring(1);

        assertThat(parse(verbose, "1.52")).isEqualTo(read("docker/df-28.5.json", "1.51"));
        assertThat(parse(both, "1.55")).isEqualTo(parse(verbose, "1.55"));
        assertThat(parse("{\"BuildCache\":" + list + "}", "1.55")).hasSize(11);
    }

    @Test
    void readsBothSpellingsOfParents() throws IOException {
        String recorded = Recorded.text("docker/df-28.5.json");

        assertThat(parse(recorded.replace("\" Parents\"", "\"Parents\""), "1.51"))
                .isEqualTo(parse(recorded, "1.51"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.41 | {\"BuildCache\":null}",
                "1.41 | {\"BuildCache\":[]}",
                "1.51 | {\"BuildCache\":[]}",
                "1.52 | {\"BuildCacheUsage\":{}}",
            })
    void readsAnEmptyCache(String api, String json) throws IOException {
        assertThat(parse(json, api)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.41 | {}                                     | BuildCache is missing, so the build cache is unknown",
                "1.51 | {}                                     | BuildCache is missing, so the build cache is unknown",
                "1.51 | {\"BuildCache\":null}                  | BuildCache is missing, so the build cache is unknown",
                "1.52 | {}                                     | BuildCacheUsage is missing, so the build cache is"
                        + " unknown",
                "1.52 | {\"BuildCacheUsage\":{\"TotalCount\":5}} | BuildCacheUsage reports 5 records, but lists 0",
                "1.52 | {\"BuildCacheUsage\":null}             | BuildCacheUsage should be an object, but is null",
                "1.51 | {\"BuildCache\":{}}                    | BuildCache should be a list, but is nested values",
            })
    void neverTakesAnUnknownCacheForAnEmptyOne(String api, String json, String message) {
        assertThatExceptionOfType(BadAnswerException.class)
                .isThrownBy(() -> parse(json, api))
                .withMessage(message);
    }

    private static CacheRecord only(List<CacheRecord> records, String words) {
        return records.stream()
                .filter(it -> it.description().contains(words))
                .findFirst()
                .orElseThrow();
    }

    private static List<CacheRecord> read(String name, String api) throws IOException {
        return parse(Recorded.text(name), api);
    }

    private static List<CacheRecord> parse(String json, String api) throws IOException {
        return DiskUsageJson.read(
                new Json(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Limits.DEFAULT),
                ApiVersion.parse(api));
    }
}
