package dev.cachewarden.rest.openapi;

import io.swagger.v3.oas.models.tags.Tag;
import java.util.Arrays;

/** A group of operations, named by a noun. The first segment of a path determines it. */
enum ApiTag {
    HOSTS("Hosts", "host", "Docker hosts and standalone BuildKit daemons that Cachewarden monitors.", "hosts"),
    BUILDERS("Builders", "builder", "Builders of the hosts, with the usage of their caches over time.", "builders"),
    RECORDS("Records", "record", "Cache records of all hosts.", "records"),
    MOUNTS("Cache mounts", "cache mount", "Cache mounts of all hosts.", "mounts"),
    POLICIES(
            "Policies",
            "policy",
            "Policies, which define which cache records to delete, on which hosts, and when.",
            "policies|policy-templates"),
    PINS("Pins", "pin", "Filters for records that Cachewarden never deletes, on any host.", "pins"),
    PLANS("Plans", "plan", "Lists of the records that a run would delete.", "plans"),
    RUNS("Runs", "run", "Executions of plans, and their results.", "runs"),
    BUILDS("Builds", "build", "Builds, their steps, and the upload of build logs.", "builds"),
    PROJECTS("Projects", "project", "Projects, their steps, and their step rules.", "project|step"),
    ANALYTICS("Analytics", "figure", "Hit rates, durations, and miss costs over many builds.", "analytics"),
    ALERTS(
            "Alerts",
            "alert",
            "Alerts with their rules, silences, and quiet hours.",
            "alerts|alert-rules|silences|quiet-hours"),
    CONFIGURATION(
            "Configuration file", "file", "The configuration file, and the export of the configuration.", "config"),
    CHANNELS("Channels", "channel", "Services that receive notifications, such as a chat or e-mail.", "channels"),
    TOKENS("Tokens", "token", "API tokens, with which scripts authenticate.", "tokens"),
    USERS("Users", "user", "User accounts and their roles.", "users"),
    AUDIT("Audit log", "entry", "Changes that users and scripts made.", "audit");

    private final String title;
    private final String noun;
    private final String description;
    /** First segments of the paths, as a regular expression. */
    private final String segments;

    ApiTag(String title, String noun, String description, String segments) {
        this.title = title;
        this.noun = noun;
        this.description = description;
        this.segments = segments;
    }

    /**
     * Returns the tag of a path.
     *
     * @throws IllegalArgumentException if no tag has the first segment of the path
     */
    static ApiTag of(String path) {
        String segment = path.split("/")[3];
        return Arrays.stream(values())
                .filter(tag -> segment.matches(tag.segments))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No tag has the segment '" + segment + "'"));
    }

    /** Returns the name in the document. */
    String title() {
        return title;
    }

    /** Returns the noun for one resource, in lower case. */
    String noun() {
        return noun;
    }

    Tag toTag() {
        return new Tag().name(title).description(description);
    }
}
