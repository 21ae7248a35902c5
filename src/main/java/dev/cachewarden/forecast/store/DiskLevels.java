package dev.cachewarden.forecast.store;

import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.DiskLevel;
import dev.cachewarden.host.HostId;
import dev.cachewarden.store.Columns;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the use of disks over time. */
@Repository
class DiskLevels {

    private final JdbcClient jdbc;

    DiskLevels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(HostId host, DiskLevel level) {
        jdbc.sql("""
                insert into disk_level (host_id, taken_at, total_bytes, free_bytes, cache_bytes) values (?, ?, ?, ?, ?)
                on conflict do nothing""")
                .params(
                        host.value(),
                        Columns.time(level.at()),
                        level.space().total().bytes(),
                        level.space().free().bytes(),
                        level.cacheBytes())
                .update();
    }

    /** Returns the use of a disk since a time, oldest first. */
    List<DiskLevel> since(HostId host, Instant from) {
        return jdbc.sql("""
                select taken_at, total_bytes, free_bytes, cache_bytes from disk_level
                where host_id = ? and taken_at >= ? order by taken_at""")
                .params(host.value(), Columns.time(from))
                .query((row, number) -> new DiskLevel(
                        Columns.instant(row, "taken_at"),
                        new DiskSpace(Columns.size(row, "total_bytes"), Columns.size(row, "free_bytes")),
                        row.getLong("cache_bytes")))
                .list();
    }

    void forget(Instant before) {
        jdbc.sql("delete from disk_level where taken_at < ?")
                .param(Columns.time(before))
                .update();
    }
}
