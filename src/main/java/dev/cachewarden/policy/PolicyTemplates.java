package dev.cachewarden.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy templates: the commands of build guides, Docker defaults, and a cautious one. All of them start in report mode.
 * Templates for a command have no schedule and no limit per run. A plan or a run of such a template does what the command does. Docker
 * reads the sizes of its commands in binary units, so {@code --keep-storage 10GB} keeps 10 GiB.
 */
public final class PolicyTemplates {

    /** The ID of the template that deletes one record by its ID. It is the only template with a parameter. */
    public static final String ONE_RECORD = "record";

    /** The value of {@code --keep-storage 10GB} on the wire, as the Docker CLI 20.10 and later send it: 10,737,418,240 bytes. */
    private static final String DOCKERS_10GB = "10GiB";

    private static final List<PolicyTemplate> ALL = List.of(
            ofCommand(
                    "unused-24h",
                    "Unused for 24 hours",
                    "Deletes records that no build has used for 24 hours.",
                    "docker builder prune --filter until=24h",
                    rule("24h", null, null)),
            ofCommand(
                    "unused-168h",
                    "Unused for a week",
                    "Deletes records that no build has used for 168 hours.",
                    "docker builder prune --filter until=168h",
                    rule("168h", null, null)),
            ofCommand(
                    "keep-10gb",
                    "Keep 10 GB",
                    "Deletes the least recently used records until 10 GiB are left. Docker's 10GB is 10 GiB: 10,737,418,240 bytes.",
                    "docker builder prune --keep-storage 10GB",
                    rule(null, null, DOCKERS_10GB)),
            ofCommand(
                    "unused-168h-keep-10gb",
                    "Unused for a week, keep 10 GB",
                    "Deletes records that no build has used for 168 hours, and stops before less than 10 GiB are left."
                            + " Docker's 10GB is 10 GiB: 10,737,418,240 bytes.",
                    "docker builder prune --filter until=168h --keep-storage 10GB",
                    rule("168h", null, DOCKERS_10GB)),
            ofCommand(
                    "everything",
                    "Everything",
                    "Deletes all records except those in use by builds. After that, every build starts without a cache.",
                    "docker builder prune --all",
                    all("0s", List.of())),
            dockersDefaults(),
            cautious());

    private PolicyTemplates() {}

    public static List<PolicyTemplate> all() {
        return ALL;
    }

    public static Optional<PolicyTemplate> find(String id) {
        return ALL.stream().filter(template -> template.id().equals(id)).findFirst();
    }

    /** Returns a template that deletes one record, if it has no child that stays. */
    public static PolicyTemplate oneRecord(String recordId) {
        return ofCommand(
                ONE_RECORD,
                "One record",
                "Deletes one record, unless one of its children stays.",
                "docker builder prune --all --filter id=" + recordId,
                all("0s", List.of("id==" + recordId)));
    }

    private static PolicyTemplate ofCommand(
            String id, String title, String description, String command, PolicyDocument.Rule rule) {
        return new PolicyTemplate(
                id,
                title,
                description,
                command,
                new PolicyDocument(
                        title,
                        PolicyMode.REPORT.name(),
                        true,
                        null,
                        null,
                        List.of(rule),
                        List.of(),
                        null,
                        null,
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        null,
                        PolicyDocument.Guards.NONE));
    }

    /** Returns the defaults of dockerd 28 and later, with its own arithmetic. Older versions had a single number. */
    private static PolicyTemplate dockersDefaults() {
        return reporting(
                "docker-defaults",
                "Docker defaults",
                "The four garbage collection rules of Docker Engine 28. They delete sources and cache mounts unused for two days above"
                        + " 512 MB. Above 80% of the disk, or below 20% free, they prune down to 10%, records unused for 60 days"
                        + " first. Cachewarden adds a preview and a limit per run, and avoids the faults of some engine versions.",
                dockersRules(),
                new PolicyDocument.LimitPerRun(null, "50"),
                null);
    }

    private static PolicyTemplate cautious() {
        return reporting(
                "cautious-ci",
                "Cautious CI policy",
                "Runs every night. Deletes sources unused for two days, other records unused for two weeks while more than 20 GiB"
                        + " remain, and the least recently used records above 100 GiB. A run deletes at most a fifth of the cache."
                        + " Runs above 50 GiB require approval.",
                List.of(
                        PolicyDocument.Rule.of(List.of("source.local", "source.git.checkout"), "48h", null, null),
                        rule("14d", null, "20GiB"),
                        rule(null, "100GiB", "20GiB")),
                new PolicyDocument.LimitPerRun(null, "20"),
                "50GiB");
    }

    private static PolicyTemplate reporting(
            String id,
            String title,
            String description,
            List<PolicyDocument.Rule> rules,
            PolicyDocument.LimitPerRun limitPerRun,
            @Nullable String approveAbove) {
        return new PolicyTemplate(
                id,
                title,
                description,
                "",
                new PolicyDocument(
                        title,
                        PolicyMode.REPORT.name(),
                        true,
                        null,
                        null,
                        rules,
                        List.of(),
                        "0 3 * * *",
                        "UTC",
                        null,
                        false,
                        null,
                        limitPerRun,
                        approveAbove,
                        PolicyDocument.Guards.NONE));
    }

    private static PolicyDocument.Rule rule(
            @Nullable String unusedFor, @Nullable String most, @Nullable String reserved) {
        return PolicyDocument.Rule.of(List.of(), unusedFor, most, reserved);
    }

    private static PolicyDocument.Rule all(String unusedFor, List<String> filters) {
        return PolicyDocument.Rule.of(List.of(), filters, unusedFor, true);
    }

    private static List<PolicyDocument.Rule> dockersRules() {
        try (var file = PolicyTemplates.class.getResourceAsStream("docker-defaults.json")) {
            return JsonMapper.shared().readValue(Objects.requireNonNull(file), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
