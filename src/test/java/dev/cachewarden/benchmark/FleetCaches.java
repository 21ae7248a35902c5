package dev.cachewarden.benchmark;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Caches as builds leave them: ids of BuildKit's length, chains of up to twenty records, steps that repeat with other hashes. */
final class FleetCaches {

    private static final int ID_LENGTH = 25;
    private static final int CHAIN = 20;

    private FleetCaches() {}

    /** The same for the same seed. */
    static List<CacheRecord> records(long seed, int count, Instant now) {
        var random = new Random(seed);
        var records = new ArrayList<CacheRecord>();
        String before = "";
        for (int i = 0; i < count; i++) {
            String id = id(random);
            int kind = random.nextInt(10);
            var used = now.minus(Duration.ofMillis(random.nextInt(1_000_000_000) * 3L));
            records.add(new CacheRecord(
                    id,
                    type(kind),
                    i % CHAIN == 0 || kind > 7 ? List.of() : List.of(before),
                    description(kind, random),
                    i % 500 == 7,
                    i % 15 == 3,
                    kind > 7,
                    new ByteSize(random.nextInt(40_000_000)),
                    used.minus(Duration.ofHours(random.nextInt(500))),
                    kind == 0 ? null : used,
                    random.nextInt(20)));
            before = kind > 7 ? before : id;
        }
        return records;
    }

    private static String id(Random random) {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(Character.forDigit(random.nextInt(36), 36));
        }
        return id.toString();
    }

    private static RecordType type(int kind) {
        return switch (kind) {
            case 9 -> RecordType.EXEC_CACHEMOUNT;
            case 8 -> RecordType.SOURCE_LOCAL;
            default -> RecordType.REGULAR;
        };
    }

    private static String description(int kind, Random random) {
        return switch (kind) {
            case 9 ->
                "cached mount /root/.cache/keep-" + random.nextInt(300)
                        + " from exec /bin/sh -c pip install -r requirements.txt";
            case 8 -> "local source for context";
            case 7 ->
                "[stage-" + random.nextInt(4) + " 3/9] COPY --from=build /src/target/app-" + random.nextInt(1_000)
                        + ".jar /opt/app/app.jar";
            case 6 ->
                "pulled from docker.io/library/eclipse-temurin:21-jdk@sha256:" + Long.toHexString(random.nextLong())
                        + Long.toHexString(random.nextLong());
            default ->
                "mount / from exec /bin/sh -c apt-get update && apt-get install -y --no-install-recommends lib-"
                        + random.nextInt(5_000) + " && rm -rf /var/lib/apt/lists/*";
        };
    }
}
