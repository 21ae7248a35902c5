package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Policies in an empty database, with a clock that a test sets. */
abstract class StoredPoliciesStage {

    static final Instant NOON = Instant.parse("2026-09-01T12:00:00.123456789Z");

    /** The database of all classes with this stage, so it stays open. */
    static final TestDatabase database = TestDatabase.create();

    final SettableClock clock = new SettableClock(NOON);

    final StoredPolicies policies = PolicyParts.policies(database, clock);

    @BeforeEach
    void clear() {
        database.clear();
    }

    static PolicyDocument input(String name, @Nullable String cron) {
        return new PolicyDocument(
                name,
                PolicyMode.ENFORCE.name(),
                true,
                "env=ci",
                null,
                List.of(PolicyDocument.Rule.of(List.of("regular"), "14d", null, "1GiB")),
                List.of(),
                cron,
                "Europe/Berlin",
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun("20GB", "20"),
                null,
                PolicyDocument.Guards.NONE);
    }
}
