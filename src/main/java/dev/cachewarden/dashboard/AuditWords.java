package dev.cachewarden.dashboard;

import dev.cachewarden.access.AuditEntry;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Entries of the audit log as the page shows them; {@code @auditWords} in templates. */
@Component
class AuditWords {

    /** The texts by action. Each describes what the actor did, and the resource follows it. */
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("login", "Signed in"),
            Map.entry("login.fail", "Failed to sign in as"),
            Map.entry("logout", "Signed out"),
            Map.entry("host.add", "Added host"),
            Map.entry("host.change", "Changed host"),
            Map.entry("host.remove", "Deleted host"),
            Map.entry("host.confirm", "Confirmed the engine of host"),
            Map.entry("host.search", "Searched for a local engine"),
            Map.entry("policy.add", "Created policy"),
            Map.entry("policy.change", "Changed policy"),
            Map.entry("policy.remove", "Deleted policy"),
            Map.entry("policy.restore", "Restored a version of policy"),
            Map.entry("policy.enforce", "Set to enforce mode: policy"),
            Map.entry("pin.add", "Added pin"),
            Map.entry("pin.remove", "Removed pin"),
            Map.entry("draft.save", "Saved a draft of policy"),
            Map.entry("draft.activate", "Activated the draft of policy"),
            Map.entry("draft.discard", "Discarded the draft of policy"),
            Map.entry("run.start", "Started run"),
            Map.entry("run.cancel", "Canceled run"),
            Map.entry("run.approve", "Approved run"),
            Map.entry("build.delete", "Deleted build"),
            Map.entry("step-rules.change", "Changed step rules"),
            Map.entry("step-rules.remove", "Removed step rules"),
            Map.entry("alert.acknowledge", "Acknowledged alert"),
            Map.entry("alert-rule.change", "Changed alert rule"),
            Map.entry("alert-rule.restore", "Restored alert rule"),
            Map.entry("silence.add", "Added silence"),
            Map.entry("silence.end", "Ended silence"),
            Map.entry("quiet-hours.change", "Changed quiet hours"),
            Map.entry("config.apply", "Applied configuration"),
            Map.entry("config.release", "Released from configuration"),
            Map.entry("channel.add", "Added channel"),
            Map.entry("channel.change", "Changed channel"),
            Map.entry("channel.remove", "Removed channel"),
            Map.entry("token.create", "Created token"),
            Map.entry("token.revoke", "Revoked token"),
            Map.entry("user.create", "Created user"),
            Map.entry("user.role", "Changed the role of user"),
            Map.entry("user.password", "Reset the password of user"),
            Map.entry("user.delete", "Deleted user"),
            Map.entry("password.change", "Changed the password of user"));

    private static final Pattern PAGE = Pattern.compile("/(hosts|policies|plans|runs|builds)/(\\d+)");

    /** Returns what was done, or the action itself if no sentence is known for it. */
    public String sentence(AuditEntry entry) {
        return SENTENCES.getOrDefault(entry.action(), entry.action());
    }

    /** Returns the page of the resource, or null if it has none. */
    public @Nullable String link(AuditEntry entry) {
        return PAGE.matcher(entry.subject()).matches() && !entry.action().endsWith(".remove") ? entry.subject() : null;
    }

    /** Returns the resource as text: {@code 3} for {@code /policies/3}; empty if the sentence names it already. */
    public String resource(AuditEntry entry) {
        var page = PAGE.matcher(entry.subject());
        if (page.matches()) {
            return page.group(2);
        }
        return entry.subject().equals(entry.actor()) ? "" : entry.subject();
    }

    /** Returns how the actor was authenticated. */
    public String via(AuditEntry entry) {
        if (entry.via().startsWith("token:")) {
            return "API token " + entry.via().substring("token:".length());
        }
        return entry.via();
    }
}
