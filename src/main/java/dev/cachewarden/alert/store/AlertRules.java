package dev.cachewarden.alert.store;

import static java.util.stream.Collectors.toMap;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.BuiltInRules;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The settings of all rules: the defaults, and the stored changes. */
@Component
public class AlertRules {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AlertRules(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Returns the settings of every rule, in the order of pages. */
    public Map<RuleId, AlertRule> all() {
        var stored = jdbc
                .sql("select rule, document from alert_rule")
                .query((row, number) -> Map.entry(row.getString("rule"), row.getString("document")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        var all = new EnumMap<RuleId, AlertRule>(RuleId.class);
        Arrays.stream(RuleId.values()).forEach(id -> {
            var document = stored.get(id.id());
            all.put(id, document == null ? BuiltInRules.of(id) : rule(id, document));
        });
        return all;
    }

    private static AlertRule rule(RuleId id, String document) {
        return Columns.fromJson(document, RuleDocument.class).read(id);
    }

    /** Returns the settings of a rule. */
    public AlertRule find(RuleId id) {
        return jdbc.sql("select document from alert_rule where rule = ?")
                .param(id.id())
                .query(String.class)
                .optional()
                .map(document -> rule(id, document))
                .orElseGet(() -> BuiltInRules.of(id));
    }

    /**
     * Replaces the settings of a rule. Absent settings get their defaults.
     *
     * @param by the user who saves them
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     * @throws ConflictException if a configuration file manages it
     */
    public AlertRule change(RuleId id, RuleDocument document, String by) {
        var rule = document.read(id);
        requireEditable(id);
        save(rule, by, null);
        return rule;
    }

    private void save(AlertRule rule, String by, @Nullable String file) {
        jdbc.sql("""
                        insert into alert_rule (rule, document, updated_at, updated_by, config_file)
                        values (:rule, cast(:document as jsonb), :now, :by, :file)
                        on conflict (rule) do update set document = excluded.document, updated_at = excluded.updated_at,
                            updated_by = excluded.updated_by, config_file = excluded.config_file""")
                .param("rule", rule.id().id())
                .param("document", Columns.json(RuleDocument.of(rule)))
                .param("now", Columns.time(clock.instant()))
                .param("by", by)
                .param("file", file, Types.VARCHAR)
                .update();
    }

    /**
     * Restores the defaults of a rule.
     *
     * @throws ConflictException if a configuration file manages it
     */
    public AlertRule reset(RuleId id) {
        requireEditable(id);
        jdbc.sql("delete from alert_rule where rule = ?").param(id.id()).update();
        return BuiltInRules.of(id);
    }

    private void requireEditable(RuleId id) {
        var file = files().get(id);
        if (file != null) {
            throw new ConflictException("Alert rule '" + id.id() + "' is managed by the configuration file " + file
                    + " and was not changed. Change it there.");
        }
    }

    /** Returns the paths of the configuration files that manage rules. */
    public Map<RuleId, String> files() {
        return jdbc
                .sql("select rule, config_file from alert_rule where config_file is not null")
                .query((row, number) ->
                        Map.entry(RuleId.parse(row.getString("rule")).orElseThrow(), row.getString("config_file")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Stores the settings of a rule in a configuration file, which manages the rule from then on. */
    public void configure(AlertRule rule, String file, String by) {
        save(rule, by, file);
    }

    /** Releases a rule to administrators, with its settings. */
    public void release(RuleId id) {
        jdbc.sql("update alert_rule set config_file = null where rule = ?")
                .param(id.id())
                .update();
    }
}
