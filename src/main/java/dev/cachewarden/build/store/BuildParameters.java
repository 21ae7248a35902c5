package dev.cachewarden.build.store;

import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The data of a build as statement parameters. Each has the name of its column, or the beginning of that name. */
final class BuildParameters {

    private BuildParameters() {}

    static StatementSpec bind(StatementSpec statement, NewBuild build) {
        return found(bindProgress(bindRequest(statement, build), build), build);
    }

    private static StatementSpec bindRequest(StatementSpec statement, NewBuild build) {
        var outline = build.outline();
        return statement
                .param("source", build.source().name())
                .param(
                        "builder",
                        build.builder() == null ? null : build.builder().value(),
                        Types.BIGINT)
                .param("ref", Columns.textOrNull(build.ref()), Types.VARCHAR)
                .param("hash", build.contentHash(), Types.BINARY)
                .param("project", Columns.text(outline.project().name()))
                .param("known", outline.project().known().name())
                .param("branch", Columns.textOrNull(outline.branch()), Types.VARCHAR)
                .param("revision", Columns.textOrNull(outline.revision()), Types.VARCHAR)
                .param("label", Columns.textOrNull(outline.label()), Types.VARCHAR)
                .param("dockerfile", Columns.textOrNull(outline.dockerfile()), Types.VARCHAR)
                .param("target", Columns.textOrNull(outline.target()), Types.VARCHAR)
                .param(
                        "platforms",
                        outline.platforms().stream().map(Columns::text).toArray(String[]::new))
                .param("noCache", outline.noCache())
                .param("arguments", Columns.text(Columns.json(new TreeMap<>(outline.argumentDigests()))));
    }

    private static StatementSpec bindProgress(StatementSpec statement, NewBuild build) {
        return statement
                .param("state", build.state().name())
                .param("error", Columns.textOrNull(build.error()), Types.VARCHAR)
                .param("started", Columns.time(build.startedAt()))
                .param("ended", Columns.timeOrNull(build.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "millis",
                        build.duration() == null ? null : build.duration().toMillis(),
                        Types.BIGINT)
                .param(
                        "engineSteps",
                        build.counted() == null ? null : build.counted().steps(),
                        Types.INTEGER)
                .param(
                        "engineCompleted",
                        build.counted() == null ? null : build.counted().completed(),
                        Types.INTEGER)
                .param(
                        "engineCached",
                        build.counted() == null ? null : build.counted().cached(),
                        Types.INTEGER);
    }

    private static StatementSpec found(StatementSpec statement, NewBuild build) {
        return statement
                .param("steps", build.steps().size())
                .param("hits", build.hitRate().hits())
                .param("lookups", build.hitRate().lookups())
                .param("transferred", build.transferredBytes())
                .param("pulled", build.pulledBytes())
                .param("gaps", build.gaps().stream().map(Columns::text).toArray(String[]::new))
                .param("read", Columns.timeOrNull(build.stepsReadAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("pending", build.comparable());
    }
}
