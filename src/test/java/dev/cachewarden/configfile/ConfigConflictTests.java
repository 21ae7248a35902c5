package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.HostFixtures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Users, replicas, and faults that come between a file and what it says. */
class ConfigConflictTests extends ApplierStage {

    @Test
    void rejectsUserChangesToManagedEntries() {
        apply(ONE);
        long policy = policy("nightly").id();
        var host = host("ci-1").id();
        String policyRefusal =
                "Policy nightly is managed by the configuration file /etc/cachewarden.yml. Nothing was changed. Edit the file instead.";
        String hostRefusal =
                "Host ci-1 is managed by the configuration file /etc/cachewarden.yml. Nothing was changed. Edit the"
                        + " file instead.";

        assertConflict(policyRefusal, () -> policies.change(policy, byHand("nightly", "30d"), null, "ada"));
        assertConflict(policyRefusal, () -> policies.change(policy, byHand("nightly", "30d"), 1, "ada"));
        assertConflict(policyRefusal, () -> policies.remove(policy));
        assertConflict(policyRefusal, () -> versions.restore(policy, 1, "ada"));
        assertConflict(hostRefusal, () -> hosts.change(host, HostFixtures.draft("ci-1", "tcp://one:2375")));
        assertConflict(hostRefusal, () -> hosts.remove(host));
        assertThat(policy("nightly").version()).isEqualTo(1);
        // What the service finds out is not a change by users.
        hosts.recordProbe(host, HostFixtures.engine("ENGINE-1"));
        hosts.recordReachable(host);
        assertThat(host("ci-1").configFile()).isEqualTo(FILE);
    }

    @Test
    void applyAllOrNothing() {
        apply("policies:\n  - {name: nightly, rules: [{unusedFor: 9d}], limitPerRun: {maxShare: 5}}");
        var good = content(ONE);
        var twice = new ConfigContent(
                good.hosts(),
                List.of(
                        good.policies().getFirst(),
                        other(good.policies().getFirst()),
                        other(good.policies().getFirst())),
                good.pins(),
                good.channels(),
                good.alertRules());

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> applier.apply(twice, FILE, HASH, "configuration file"))
                .withMessage("name: 'other' is already used by another policy");

        assertThat(hosts.all()).isEmpty();
        assertThat(policies.all()).extracting(PolicyView::name).containsExactly("nightly");
        assertThat(policy("nightly").version()).isEqualTo(1);
        assertThat(rows.latest(9)).hasSize(1);
    }

    @Test
    void refusesToOverwriteAConcurrentChange() {
        var seen = policies.create(byHand("nightly", "30d"), "ada");
        policies.change(seen.id(), byHand("nightly", "60d"), null, "bob");

        assertConflict(
                "Policy nightly is no longer at version 1. Another user changed it at the same time.",
                () -> configured.change(seen, seen.content(), FILE, "configuration file"));
        assertThat(policy("nightly").configFile()).isNull();
    }

    @Test
    void applyOnceHoweverManyReplicasDo() {
        var content = content(ONE);
        var replicas = IntStream.range(0, 6)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> applier.apply(content, FILE, HASH, "configuration file")))
                .toList();

        assertThat(replicas)
                .extracting(CompletableFuture::join)
                .filteredOn(changes -> !changes.isEmpty())
                .hasSize(1);
        assertThat(policy("nightly").version()).isEqualTo(1);
        assertThat(rows.latest(9)).hasSize(1);
    }

    private static PolicyView.Content other(PolicyView.Content content) {
        return new PolicyView.Content(
                "other",
                content.mode(),
                content.enabled(),
                content.scope(),
                content.priority(),
                content.rules(),
                content.pins(),
                content.triggers(),
                content.limitPerRun(),
                content.approveAbove(),
                content.guards());
    }
}
