package dev.cachewarden.analytics;

import dev.cachewarden.analytics.BuildEnds.Ran;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A query for the times at which builds ran. */
@Repository
class EndedBuilds {

    /** The maximum duration of a build. With it, the query can use the index by start time. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final JdbcClient jdbc;

    EndedBuilds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the builds that ended since this time. Lost builds are left out, because their end is unknown. Uploaded builds are left out
     * if the builders report their builds themselves.
     */
    List<Ran> since(Instant from, Collection<BuilderId> builders) {
        return jdbc.sql("select started_at, ended_at from build where builder_id = any(:builders)"
                        + " and started_at >= :started and ended_at >= :from and state <> 'LOST'"
                        + " and (source = 'HISTORY' or not exists (select 1 from build reported"
                        + " where reported.builder_id = any(:builders) and reported.source = 'HISTORY'))"
                        + " and ended_at between started_at and started_at + make_interval(secs => :longest)")
                .param("builders", builders.stream().map(BuilderId::value).toArray(Long[]::new))
                .param("started", Columns.time(from.minus(LONGEST)))
                .param("from", Columns.time(from))
                .param("longest", (double) LONGEST.toSeconds())
                .query((row, number) -> new Ran(Columns.instant(row, "started_at"), Columns.instant(row, "ended_at")))
                .list();
    }
}
