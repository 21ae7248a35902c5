package dev.cachewarden.build.rules;

import dev.cachewarden.build.rules.ProjectRules.Saved;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.step.StepRules;
import dev.cachewarden.store.column.Columns;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of projects' own rules, and the classes of stored steps. */
@Repository
class RuleRows {

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

    /** Classes all steps of a project's builds; returns how many changed. Builds repeat their steps, so each text is looked at once. */
    int classify(String project, StepRules rules) {
        int changed = 0;
        for (var text : texts(project)) {
            var now = rules.classify(text.kind(), text.instruction());
            if (!now.stepClass().name().equals(text.stepClass()) || !now.why().equals(text.reason())) {
                changed += update(project, text, now);
            }
        }
        return changed;
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

    private int update(String project, Text text, StepRules.Classified now) {
        return jdbc.sql("""
                        update build_step s set class = :class, class_reason = :reason
                        from build b where b.id = s.build_id and b.project = :project and s.kind = :kind
                            and s.instruction = :instruction and s.class = :was and s.class_reason = :wasReason""")
                .param("class", now.stepClass().name())
                .param("reason", now.why())
                .param("project", Columns.text(project))
                .param("kind", text.kind().name())
                .param("instruction", text.instruction())
                .param("was", text.stepClass())
                .param("wasReason", text.reason())
                .update();
    }
}
