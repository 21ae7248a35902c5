package dev.cachewarden.history.store;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores which records a prune run reported as deleted, until a reading confirms it. */
@Component
class PruneMarks {

    private static final String MARK = """
            update cache_record set deleted_by_run_id = ?, pruned_at = ?
            where builder_id = ? and record_id = any (?) and missing_since is null""";

    // A poll during the run may already have recorded some of them as deleted.
    private static final String EXPLAIN = """
            update cache_record set deleted_by_run_id = ?, pruned_at = ?, deletion_cause = 'RUN'
            where builder_id = ? and record_id = any (?) and missing_since is not null and deletion_cause = 'UNKNOWN'""";

    // Otherwise a reading equal to the last one would be stored without a check of the marks.
    private static final String COMPARE_NEXT = """
            update usage_sample set fingerprint = null
            where builder_id = ? and resolution_seconds = 0
                and taken_at = (select max(taken_at) from usage_sample where builder_id = ? and resolution_seconds = 0)""";

    private final JdbcTemplate jdbc;

    PruneMarks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void mark(BuilderId builder, long runId, Collection<String> recordIds, Instant at) {
        jdbc.queryForList("select id from builder where id = ? for no key update", Long.class, builder.value());
        var ids = recordIds.toArray(String[]::new);
        jdbc.update(MARK, runId, Rows.parameter(at), builder.value(), ids);
        jdbc.update(EXPLAIN, runId, Rows.parameter(at), builder.value(), ids);
        jdbc.update(COMPARE_NEXT, builder.value(), builder.value());
    }
}
