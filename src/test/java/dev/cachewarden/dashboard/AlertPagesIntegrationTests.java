package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of alerts, their rules, silences, and quiet hours. */
class AlertPagesIntegrationTests extends PageStage {

    @BeforeEach
    void addAlerts() {
        database.jdbc().update("""
                insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                values ('builder-1', 'DOCKER_ENGINE', 'unix:///1', 60, now(), now())""");
        database.jdbc().update("insert into alert_evaluation (evaluated_at) values (now())");
        add("disk-free:host:1", "disk-free", "FIRING", "CRITICAL", null, "Free disk space is 2%.");
        add("cache-over-limit:host:1", "cache-over-limit", "PENDING", "WARNING", null, "The cache has 30.0 GiB.");
        add("expiry:token:1", "expiry", "NO_DATA", "WARNING", null, "The file cannot be read.");
        add(
                "samples-too-old:host:1",
                "samples-too-old",
                "FIRING",
                "WARNING",
                "{\"kind\":\"SILENCED\",\"detail\":\"Silenced by ann until noon.\"}",
                "The last sample is from noon.");
    }

    private static void add(
            String key, String rule, String state, String severity, @Nullable String mute, String text) {
        database.jdbc().update("""
                insert into alert (alert_key, rule, subject_key, subject_name, host_id, labels, path, state, severity, since, held_millis,
                    firing_since, reopened, for_digest, text, facts, mute)
                values (?, ?, 'x', 'builder-1', 1, '{}', '/hosts/1', ?, ?, now(), 0, now(), 0, false, ?, '[]', cast(? as jsonb))""", key, rule, state, severity, text, mute);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FIRING  | Disk space low: builder-1       | Free disk space is 2%.
            PENDING | Cache over its limit: builder-1 | The cache has 30.0 GiB.
            MUTED   | Samples too old: builder-1      | Muted. Silenced by ann until noon.
            NO_DATA | Expires soon: builder-1         | The file cannot be read.
            HISTORY | No alerts in this list          | Alerts
            """)
    void eachListShowsItsAlerts(String view, String title, String text) {
        var page = unescaped(signedIn("vera").get("/alerts?view=" + view));

        assertThat(page).contains(title, text, "Firing 1", "Pending 1", "Muted 1", "No data 1");
        assertThat(page).doesNotContain("Acknowledge</button>", "Add silence", "Save quiet hours");
    }

    @Test
    void hostPageShowsItsAlerts() {
        var page = unescaped(signedIn("vera").get("/hosts/1"));

        assertThat(page).contains("Disk space low: builder-1", "Cache over its limit: builder-1");
        assertThat(page).doesNotContain("Expires soon: builder-1");
    }

    @Test
    void operatorAcknowledgesAnAlert() {
        var otto = signedIn("otto");
        assertThat(location(otto.submit("/alerts", "/alerts/1/acknowledge"))).isEqualTo("/alerts");
        assertThat(unescaped(otto.get("/alerts")))
                .contains("'Disk space low: builder-1' is acknowledged. It stays muted until it is resolved.");

        otto.submit("/alerts", "/alerts/1/acknowledge");
        assertThat(unescaped(otto.get("/alerts"))).contains("otto already acknowledged alert 1.");
        assertThat(unescaped(signedIn("ann").get("/audit")))
                .contains("Acknowledged alert", "Disk space low: builder-1");
    }

    @Test
    void operatorAddsAndEndsASilence() {
        var otto = signedIn("otto");
        var wrong = otto.submit("/alerts", "/alerts/silences", "duration", "2", "reason", "Maintenance");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(unescaped(wrong)).contains("'2' is not a duration", "value=\"Maintenance\"");

        otto.submit("/alerts", "/alerts/silences", "scope", "env=ci", "duration", "2h", "reason", "Maintenance");
        assertThat(unescaped(otto.get("/alerts"))).contains("The silence is added.", "env=ci", "by otto");
        otto.submit("/alerts", "/alerts/silences/1/remove");
        assertThat(unescaped(otto.get("/alerts")))
                .contains("The silence is ended.")
                .doesNotContain("by otto");
        assertThat(unescaped(signedIn("ann").get("/audit"))).contains("Added silence", "Ended silence", "Maintenance");
    }

    @Test
    void administratorChangesARuleAndRestoresIt() {
        var ann = signedIn("ann");
        assertThat(unescaped(ann.get("/alerts/rules")))
                .contains("Disk space low", "below 15%, ends at 20%", "Every host", "Disabled")
                .doesNotContain("Changed");
        assertThat(unescaped(ann.get("/alerts/rules/disk-free"))).contains("value=\"15%\"", "value=\"10m\"");
        var wrong = ann.submit(
                "/alerts/rules/disk-free",
                "/alerts/rules/disk-free",
                "enabled",
                "true",
                "warning",
                "20GiB",
                "warningClear",
                "10GiB",
                "critical",
                "5");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(unescaped(wrong))
                .contains("is 10GiB, which is beyond warning.threshold (20GiB)", "'5' has no unit", "value=\"20GiB\"");

        ann.submit("/alerts/rules/disk-free", "/alerts/rules/disk-free", "warning", "20GiB", "warningClear", "30GiB");
        assertThat(unescaped(ann.get("/alerts/rules")))
                .contains("Rule 'Disk space low' is saved.", "below 20.0 GiB, ends at 30.0 GiB", "Changed");
        ann.submit("/alerts/rules/disk-free", "/alerts/rules/disk-free/restore");
        assertThat(unescaped(ann.get("/alerts/rules")))
                .contains("below 15%, ends at 20%")
                .doesNotContain("Changed");
        assertThat(unescaped(ann.get("/audit"))).contains("Changed alert rule", "Restored alert rule");
    }

    @Test
    void administratorChangesTheQuietHours() {
        var ann = signedIn("ann");
        var wrong = ann.submit("/alerts", "/alerts/quiet-hours", "window", "late", "timeZone", "UTC");
        assertThat(unescaped(wrong)).contains("must be two different times such as 22:00-06:00", "value=\"late\"");

        ann.submit("/alerts", "/alerts/quiet-hours", "window", "22:00-06:00", "timeZone", "Europe/Berlin");
        assertThat(unescaped(ann.get("/alerts"))).contains("The quiet hours are saved.", "value=\"22:00-06:00\"");
    }

    @Test
    void unknownRuleHasNoPage() {
        assertThat(signedIn("ann").get("/alerts/rules/disk").statusCode()).isEqualTo(404);
    }
}
