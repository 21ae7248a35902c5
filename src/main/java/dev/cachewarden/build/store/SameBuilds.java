package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.store.SameBuild.Match;
import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A merge of a build from a builder's history and an uploaded log of the same build into one row. The callers provide the transaction. */
@Repository
class SameBuilds {

    /** The maximum time between the two sources. Clocks of clients differ, and a log without times gets the time of its arrival. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    /** The maximum time for a log without digests, measured from its start or its arrival. */
    private static final Duration CLOSE = Duration.ofMinutes(2);

    /** The maximum time for a log that contains only cached steps. Such logs are identical, so only the start identifies the build. */
    private static final Duration VERY_CLOSE = Duration.ofSeconds(15);

    private static final Duration LONGEST_BUILD = Duration.ofDays(1);
    private static final int MOST = 20;

    /** An arbitrary lock number. Each merge takes this lock, so that two builds that arrive at the same time find each other. */
    private static final long LOCK = 0x73616d65L;

    private static final String UPLOADS = """
            source = 'UPLOAD' and ref is null and content_hash is not null and last_data_at is null
                and (builder_id is null or builder_id = cast(:builder as bigint))""";

    private static final String HISTORY = """
            source = 'HISTORY' and content_hash is null
                and (cast(:builder as bigint) is null or builder_id = cast(:builder as bigint))""";

    private final JdbcClient jdbc;

    SameBuilds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the same build from the other source, or empty if no build is certain to be the same.
     *
     * @param steps function that returns the steps of a build
     */
    Optional<BuildView> find(BuildView build, Function<BuildId, List<BuildStep>> steps) {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
        boolean remembered = build.source() == BuildSource.HISTORY;
        var own = steps.apply(build.id());
        List<BuildView> whole = new ArrayList<>();
        List<BuildView> part = new ArrayList<>();
        for (var other : candidates(build)) {
            var others = steps.apply(other.id());
            var match = remembered ? match(build, own, other, others) : match(other, others, build, own);
            if (match == Match.WHOLE) {
                whole.add(other);
            } else if (match == Match.PART) {
                part.add(other);
            }
        }
        boolean anyBuilder = build.builder() == null || whole.stream().anyMatch(other -> other.builder() == null);
        if (whole.size() == 1 || (!whole.isEmpty() && !anyBuilder)) {
            return Optional.of(whole.getFirst());
        }
        return whole.isEmpty() && part.size() == 1 ? Optional.of(part.getFirst()) : Optional.empty();
    }

    private static Match match(
            BuildView remembered, List<BuildStep> its, BuildView uploaded, List<BuildStep> reported) {
        var match = SameBuild.of(its, reported);
        var apart = apart(remembered, uploaded);
        if (SameBuild.haveDigests(reported)) {
            return match;
        }
        boolean sameBuilder = uploaded.builder() != null && uploaded.builder().equals(remembered.builder());
        if (!SameBuild.hasLongStep(reported)) {
            boolean close = sameBuilder && apart.compareTo(VERY_CLOSE) <= 0;
            return close && match == Match.WHOLE ? match : Match.NONE;
        }
        return apart.compareTo(CLOSE) <= 0 ? match : Match.NONE;
    }

    /** Returns the time between the builds. A log without times was stored with the time of its arrival, which is after the build. */
    private static Duration apart(BuildView remembered, BuildView uploaded) {
        var start =
                Duration.between(remembered.startedAt(), uploaded.startedAt()).abs();
        Instant ended = remembered.endedAt();
        var end = ended == null
                ? start
                : Duration.between(ended, uploaded.startedAt()).abs();
        return start.compareTo(end) < 0 ? start : end;
    }

    private List<BuildView> candidates(BuildView build) {
        boolean remembered = build.source() == BuildSource.HISTORY;
        Instant started = build.startedAt();
        Instant ended = build.endedAt() == null ? started : build.endedAt();
        return jdbc.sql("""
                        select * from build
                        where started_at between :from and :until and coalesce(ended_at, started_at) >= :endedAfter
                            and id <> :id and steps_read_at is not null and state <> 'RUNNING' and %s
                        order by abs(extract(epoch from started_at) - extract(epoch from cast(:started as timestamptz))), id
                        limit :most""".formatted(remembered ? UPLOADS : HISTORY))
                .param("from", Columns.time(started.minus(remembered ? WINDOW : LONGEST_BUILD)))
                .param("until", Columns.time((remembered ? ended : started).plus(WINDOW)))
                .param("endedAfter", Columns.time(started.minus(WINDOW)))
                .param("started", Columns.time(started))
                .param("id", build.id().value())
                .param(
                        "builder",
                        build.builder() == null ? null : build.builder().value(),
                        Types.BIGINT)
                .param("most", MOST)
                .query((row, number) -> BuildColumns.view(row))
                .list();
    }

    /**
     * Merges two builds into one row. The data from the builder's history has precedence. The log adds data that only its sender knows.
     *
     * @param kept ID of the row to keep, which belongs to one of the two builds
     */
    void fold(BuildId kept, BuildView remembered, BuildView uploaded) {
        var dropped = kept.equals(remembered.id()) ? uploaded.id() : remembered.id();
        jdbc.sql("select id from build where id in (:one, :other) order by id for update")
                .param("one", kept.value())
                .param("other", dropped.value())
                .query(Long.class)
                .list();
        byte[] hash = jdbc.sql("select content_hash from build where id = ?")
                .param(uploaded.id().value())
                .query(byte[].class)
                .single();
        jdbc.sql("update build set ref = null, content_hash = null where id = ?")
                .param(dropped.value())
                .update();
        jdbc.sql("""
                        update build kept set source = 'HISTORY', builder_id = h.builder_id, ref = :ref, content_hash = :hash,
                            project = case when u.project_known_by = 'GIVEN' then u.project else h.project end,
                            project_known_by = case when u.project_known_by = 'GIVEN' then u.project_known_by else h.project_known_by end,
                            branch = coalesce(u.branch, h.branch), revision = coalesce(u.revision, h.revision),
                            label = coalesce(u.label, h.label), dockerfile = coalesce(h.dockerfile, u.dockerfile),
                            target = coalesce(u.target, h.target), platforms = h.platforms, no_cache = h.no_cache or u.no_cache,
                            arguments = h.arguments, state = h.state, error = h.error, started_at = h.started_at, ended_at = h.ended_at,
                            duration_millis = h.duration_millis, engine_steps = h.engine_steps, engine_completed = h.engine_completed,
                            engine_cached = h.engine_cached, steps = h.steps, hits = h.hits, lookups = h.lookups,
                            transferred_bytes = h.transferred_bytes, pulled_bytes = h.pulled_bytes, gaps = h.gaps,
                            steps_read_at = h.steps_read_at, comparison_pending = true
                        from build h, build u where kept.id = :kept and h.id = :remembered and u.id = :uploaded""")
                .param("ref", remembered.ref())
                .param("hash", hash)
                .param("kept", kept.value())
                .param("remembered", remembered.id().value())
                .param("uploaded", uploaded.id().value())
                .update();
        jdbc.sql("delete from build where id = ?").param(dropped.value()).update();
    }
}
