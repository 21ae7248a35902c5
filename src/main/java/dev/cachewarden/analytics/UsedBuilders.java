package dev.cachewarden.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.store.FilterSql;
import dev.cachewarden.host.BuilderId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A query for the builders of builds, regardless of how the builds ended. */
@Repository
public class UsedBuilders {

    private final JdbcClient jdbc;

    UsedBuilders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the builders of the builds of a filter. Builds that were uploaded without a host have none. */
    public Set<BuilderId> of(BuildFilter filter) {
        var where = FilterSql.of(filter);
        return where
                .bind(jdbc.sql("select distinct b.builder_id from build b where b.builder_id is not null and "
                        + where.condition()))
                .query((row, number) -> new BuilderId(row.getLong("builder_id")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }
}
