package dev.cachewarden.build;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** How long builds took to make what a cache holds. */
@FunctionalInterface
public interface RebuildTimes {

    /**
     * Of each record whose step is known from builds of its builder's engine, by whichever host they came, what the step took there in
     * the middle of its latest runs. Builds that the builder reported count, and uploaded ones only where it reported none.
     *
     * @return by id of the record; those of which nothing is known are not in it
     */
    Map<String, Duration> of(BuilderId builder, Collection<CacheRecord> records);
}
