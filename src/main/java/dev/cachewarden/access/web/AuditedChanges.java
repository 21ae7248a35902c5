package dev.cachewarden.access.web;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The actions of requests in the audit log, by method and path pattern of their handler. Previews, connection tests, readings, and uploaded
 * builds are left out, because they change nothing that is relevant to an auditor.
 */
final class AuditedChanges {

    private static final Pattern VERB = Pattern.compile(
            "(/(edit|delete|run|cancel|approve|enforce|remove|confirm-engine|restore|activate|discard|preview|draft|acknowledge|versions/\\d+))+$");

    private static final Map<String, String> ACTIONS = new HashMap<>();

    /** Marks requests without an entry. */
    private static final String NONE = "";

    static {
        both("host.add", "POST /hosts", "POST /api/v1/hosts");
        both("host.change", "POST /hosts/{id}", "PUT /api/v1/hosts/{id}");
        both("host.remove", "POST /hosts/{id}/delete", "DELETE /api/v1/hosts/{id}");
        both("host.confirm", "POST /hosts/{id}/confirm-engine", "POST /api/v1/hosts/{id}/confirm-engine");
        both("host.search", "POST /hosts/search");
        both("policy.add", "POST /policies/new", "POST /api/v1/policies");
        both("policy.change", "POST /policies/{id}/edit", "PUT /api/v1/policies/{id}");
        both("policy.remove", "POST /policies/{id}/delete", "DELETE /api/v1/policies/{id}");
        both("policy.restore", "POST /policies/{id}/versions/{number}/restore");
        both("policy.restore", "POST /api/v1/policies/{id}/versions/{version}/restore");
        both("draft.save", "PUT /api/v1/policies/{id}/draft");
        both("draft.activate", "POST /policies/{id}/draft/activate", "POST /api/v1/policies/{id}/draft/activate");
        both("draft.discard", "POST /policies/{id}/draft/discard", "DELETE /api/v1/policies/{id}/draft");
        both("run.start", "POST /policies/{id}/run", "POST /api/v1/policies/{id}/run", "POST /api/v1/runs");
        both("run.start", "POST /plans/{id}/run", "POST /api/v1/plans/{id}/run");
        both("run.cancel", "POST /runs/{id}/cancel", "POST /api/v1/runs/{id}/cancel");
        both("run.approve", "POST /runs/{id}/approve", "POST /api/v1/runs/{id}/approve");
        both("policy.enforce", "POST /policies/{id}/enforce");
        both("pin.add", "POST /pins", "POST /api/v1/pins");
        both("pin.remove", "POST /pins/{id}/remove", "DELETE /api/v1/pins/{id}");
        both("run.cancel", "POST /runs/groups/{id}/cancel", "POST /api/v1/runs/groups/{id}/cancel");
        both("build.delete", "POST /builds/{id}/delete", "DELETE /api/v1/builds/{id}");
        both("step-rules.change", "POST /project/rules", "PUT /api/v1/project/step-rules");
        both("step-rules.remove", "DELETE /api/v1/project/step-rules");
        both("alert.acknowledge", "POST /alerts/{id}/acknowledge", "POST /api/v1/alerts/{id}/acknowledge");
        both("alert-rule.change", "POST /alerts/rules/{id}", "PUT /api/v1/alert-rules/{id}");
        both("alert-rule.restore", "POST /alerts/rules/{id}/restore", "DELETE /api/v1/alert-rules/{id}");
        both("silence.add", "POST /alerts/silences", "POST /api/v1/silences");
        both("silence.end", "POST /alerts/silences/{id}/remove", "DELETE /api/v1/silences/{id}");
        both("quiet-hours.change", "POST /alerts/quiet-hours", "PUT /api/v1/quiet-hours");
        both("config.apply", "POST /settings/config/apply", "POST /api/v1/config/apply");
        both("config.release", "POST /settings/config/release", "POST /api/v1/config/release");
        both("channel.add", "POST /settings/channels", "POST /api/v1/channels");
        both("channel.change", "POST /settings/channels/{id}", "PUT /api/v1/channels/{id}");
        both("channel.remove", "POST /settings/channels/{id}/delete", "DELETE /api/v1/channels/{id}");
        both("token.create", "POST /settings/tokens", "POST /api/v1/tokens");
        both("token.revoke", "POST /settings/tokens/{id}/revoke", "DELETE /api/v1/tokens/{id}");
        both("user.create", "POST /settings/users", "POST /api/v1/users");
        both("user.role", "POST /settings/users/{name}/role", "PUT /api/v1/users/{name}");
        both("user.password", "POST /settings/users/{name}/password");
        both("user.delete", "POST /settings/users/{name}/delete", "DELETE /api/v1/users/{name}");
        both("password.change", "POST /settings/password");
        both(NONE, "POST /policies/preview", "POST /api/v1/policies/preview", "POST /policies/{id}/preview");
        both(NONE, "POST /policies/{id}/draft/preview", "POST /api/v1/policies/{id}/draft/plan");
        both(NONE, "POST /api/v1/policies/{id}/plan", "POST /plans", "POST /api/v1/plans");
        both(NONE, "POST /hosts/{id}/read", "POST /api/v1/hosts/{id}/sample", "POST /api/v1/hosts/{id}/probe");
        both(NONE, "POST /settings/channels/test", "POST /settings/channels/{id}/test");
        both(NONE, "POST /api/v1/channels/test", "POST /api/v1/channels/{id}/test");
        both(NONE, "POST /api/v1/hosts/test", "POST /api/v1/config/check", "POST /api/v1/builds");
    }

    private AuditedChanges() {}

    private static void both(String action, String... requests) {
        for (String request : requests) {
            ACTIONS.put(request, action);
        }
    }

    /**
     * Returns the action of a request, or null if it has no entry in the audit log. The method and path of an unlisted request are its
     * action, so that every change is recorded.
     *
     * @param pattern path pattern of the handler
     */
    static @Nullable String action(String method, String pattern) {
        String action = ACTIONS.getOrDefault(method + " " + pattern, method + " " + pattern);
        return action.equals(NONE) ? null : action;
    }

    /** Returns whether the action of a request is listed. */
    static boolean lists(String method, String pattern) {
        return ACTIONS.containsKey(method + " " + pattern);
    }

    /**
     * Returns the path of the page of the changed resource, such as {@code /policies/3}.
     *
     * @param path path of the request
     * @param location URL of the created resource, absolute or relative, or null if the response names none
     */
    static String subject(String path, @Nullable String location) {
        String named = location == null || path.matches(".*/\\d+.*") ? path : location;
        String bare = named.replaceFirst("^https?://[^/]+", "").replaceFirst("[?#].*$", "");
        return VERB.matcher(bare.replaceFirst("^/api/v1", "")).replaceFirst("");
    }
}
