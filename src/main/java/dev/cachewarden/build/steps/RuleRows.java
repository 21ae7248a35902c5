package dev.cachewarden.build.steps;

import dev.cachewarden.build.steps.ProjectRules.Reclassed;
import dev.cachewarden.build.steps.ProjectRules.Saved;
import dev.cachewarden.store.Columns;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The table of custom rules of projects, and the classes of stored steps. */
@Repository
class RuleRows {

    /** The seed that separates these locks from other locks of the database that are keyed by text. Spells "rules". */
    private static final long LOCK_SEED = 0x72756c6573L;

    private static final String CHANGES = """
            unnest(cast(:kinds as text[]), cast(:texts as text[]), cast(:were as text[]), cast(:wereFor as text[]),
                cast(:classes as text[]), cast(:reasons as text[])) change (kind, instruction, was, was_for, class, reason)""";

    private static final String CHANGED = """
            s.kind = change.kind and s.instruction = change.instruction and s.class = change.was
                and s.class_reason = change.was_for""";

    private final JdbcClient jdbc;

    RuleRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Saved> find(String project) {
        return jdbc.sql("select rules, saved_at, saved_by from project_step_rules where project = ?")
                .param(Columns.text(project))
                .query((row, number) -> new Saved(
                        row.getString("rules"),
                        Objects.requireNonNull(Columns.instantOrNull(row, "saved_at")),
                        row.getString("saved_by")))
                .optional();
    }

    /** Prevents changes to the rules of a project until the transaction ends. Several transactions can hold this lock. */
    void hold(String project) {
        lock("pg_advisory_xact_lock_shared", project);
    }

    /**
     * Locks the rules of a project exclusively until the transaction ends. By then, all builds that were classified by these rules are
     * stored.
     */
    void lockExclusively(String project) {
        lock("pg_advisory_xact_lock", project);
    }

    private void lock(String function, String project) {
        jdbc.sql("select " + function + "(hashtextextended(?, ?))")
                .param(Columns.text(project))
                .param(LOCK_SEED)
                .query((row, number) -> true)
                .single();
    }

    void save(String project, Saved saved) {
        jdbc.sql("""
                        insert into project_step_rules (project, rules, saved_at, saved_by) values (:project, :rules, :at, :by)
                        on conflict (project) do update set rules = excluded.rules, saved_at = excluded.saved_at,
                            saved_by = excluded.saved_by""")
                .param("project", Columns.text(project))
                .param("rules", Columns.text(saved.text()))
                .param("at", Columns.time(saved.at()))
                .param("by", saved.by())
                .update();
    }

    boolean remove(String project) {
        return jdbc.sql("delete from project_step_rules where project = ?")
                        .param(Columns.text(project))
                        .update()
                > 0;
    }

    private record Text(StepKind kind, String instruction, String stepClass, String reason) {}

    private record Change(Text from, StepRules.Classified to) {}

    /**
     * Classifies all steps of the builds of a project, and marks builds with changed steps for comparison. Builds repeat their steps, so
     * each distinct text is classified once.
     */
    Reclassed classify(String project, StepRules rules) {
        var changes = texts(project).stream()
                .map(text -> new Change(text, rules.classify(text.kind(), text.instruction())))
                .filter(change ->
                        !change.to().stepClass().name().equals(change.from().stepClass())
                                || !change.to().why().equals(change.from().reason()))
                .toList();
        return changes.isEmpty() ? new Reclassed(0, 0) : update(project, changes);
    }

    private List<Text> texts(String project) {
        return jdbc.sql("""
                        select distinct s.kind, s.instruction, s.class, s.class_reason
                        from build_step s join build b on b.id = s.build_id where b.project = ?""")
                .param(Columns.text(project))
                .query((row, number) -> new Text(
                        StepKind.valueOf(row.getString("kind")),
                        row.getString("instruction"),
                        row.getString("class"),
                        row.getString("class_reason")))
                .list();
    }

    /**
     * Updates all changed steps at once, because each single update would scan all steps of the project. Every transaction that changes
     * steps of a build locks the build first.
     */
    private Reclassed update(String project, List<Change> changes) {
        var changed = change(hold(project, changes), changes);
        jdbc.sql("select sum_up_classes(?)")
                .param(changed.builds())
                .query((row, number) -> true)
                .list();
        return new Reclassed(changed.steps(), changed.builds().length);
    }

    private Long[] hold(String project, List<Change> changes) {
        return bind(jdbc.sql("""
                        select b.id from build b
                        where b.project = :project and exists (select from build_step s, %s where s.build_id = b.id and %s)
                        order by b.id for no key update""".formatted(CHANGES, CHANGED)), changes)
                .param("project", Columns.text(project))
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
    }

    private record Changed(int steps, Long[] builds) {}

    private Changed change(Long[] held, List<Change> changes) {
        return bind(jdbc.sql("""
                        with changed as (
                            update build_step s set class = change.class, class_reason = change.reason
                            from %s where s.build_id = any(:held) and %s
                            returning s.build_id),
                        marked as (
                            update build set comparison_pending = true
                            where id in (select build_id from changed) and state in ('DONE', 'FAILED'))
                        select count(*) steps, coalesce(array_agg(distinct build_id), '{}') builds from changed""".formatted(CHANGES, CHANGED)), changes)
                .param("held", held)
                .query((row, number) -> new Changed(
                        row.getInt("steps"), (Long[]) row.getArray("builds").getArray()))
                .single();
    }

    private static StatementSpec bind(StatementSpec statement, List<Change> changes) {
        return statement
                .param("kinds", column(changes, change -> change.from().kind().name()))
                .param("texts", column(changes, change -> change.from().instruction()))
                .param("were", column(changes, change -> change.from().stepClass()))
                .param("wereFor", column(changes, change -> change.from().reason()))
                .param(
                        "classes",
                        column(changes, change -> change.to().stepClass().name()))
                .param(
                        "reasons",
                        column(changes, change -> Columns.text(change.to().why())));
    }

    private static String[] column(List<Change> changes, Function<Change, String> value) {
        return changes.stream().map(value).toArray(String[]::new);
    }
}
