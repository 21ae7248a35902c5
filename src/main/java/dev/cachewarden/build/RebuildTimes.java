package dev.cachewarden.build;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** The rebuild costs of cache records, measured from builds. */
@FunctionalInterface
public interface RebuildTimes {

    /**
     * Returns the median duration of the latest runs of the step of each record. Only builds on the builder's engine count, regardless of
     * the host that leads to it. Builds from the builder's history take precedence: uploaded builds count only if the history contains
     * none.
     *
     * @return durations by record ID, without the records whose step is unknown
     */
    Map<String, Duration> of(BuilderId builder, Collection<CacheRecord> records);
}
