package dev.cachewarden.history.poll;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BuildCacheReader;
import dev.cachewarden.engine.CacheReading;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Reads from each host's name what it was told. */
final class FakeReader implements BuildCacheReader {

    private final InstantSource clock;
    private final Map<String, Supplier<List<CacheRecord>>> caches = new ConcurrentHashMap<>();

    FakeReader(InstantSource clock) {
        this.clock = clock;
    }

    void has(String host, CacheRecord... records) {
        caches.put(host, () -> List.of(records));
    }

    /** What reading the host does, such as failing or hanging. */
    void does(String host, Supplier<List<CacheRecord>> reading) {
        caches.put(host, reading);
    }

    @Override
    public CacheReading read(HostConnection connection, HostCapabilities capabilities) {
        var records = caches.getOrDefault(connection.name(), List::of).get();
        return new CacheReading(clock.instant(), Duration.ofMillis(5), records);
    }
}
