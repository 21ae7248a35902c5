package dev.cachewarden.policy.store;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyDrafts;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The drafts in the database, stored as entered. Each read validates them again. */
@Component
class StoredPolicyDrafts implements PolicyDrafts {

    /** Replaces only the draft that the user saw. */
    private static final String SAVE = """
            insert into prune_policy_draft as d (policy_id, base_version, document, saved_at, saved_by)
            values (:policy, :base, cast(:document as jsonb), :now, :by)
            on conflict (policy_id) do update set base_version = excluded.base_version, document = excluded.document,
                saved_at = excluded.saved_at, saved_by = excluded.saved_by
            where d.saved_at = :replaces""";

    private final Policies policies;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    StoredPolicyDrafts(Policies policies, JdbcClient jdbc, InstantSource clock) {
        this.policies = policies;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Row(int baseVersion, PolicyDocument document, Instant savedAt, String savedBy) {}

    @Override
    public Optional<PolicyDraftView> draftOf(long policyId) {
        return row(policyId).map(row -> view(policyId, row));
    }

    private PolicyDraftView view(long policyId, Row row) {
        return new PolicyDraftView(
                policyId, row.baseVersion(), policies.read(row.document()), row.savedAt(), row.savedBy());
    }

    private Optional<Row> row(long policyId) {
        return jdbc.sql(
                        "select base_version, document, saved_at, saved_by from prune_policy_draft where policy_id = :policy")
                .param("policy", policyId)
                .query((row, number) -> new Row(
                        row.getInt("base_version"),
                        JsonColumns.document(row.getString("document")),
                        Columns.instant(row, "saved_at"),
                        row.getString("saved_by")))
                .optional();
    }

    @Override
    public PolicyDraftView saveDraft(
            long policyId, PolicyDocument input, int baseVersion, @Nullable Instant replaces, String by) {
        policies.read(input);
        var policy = policies.find(policyId)
                .orElseThrow(() -> new NotFoundException("There is no policy " + policyId + "."));
        if (policy.configFile() != null) {
            throw StoredPolicies.ofFile(policy, policy.configFile());
        }
        int saved = jdbc.sql(SAVE)
                .param("policy", policyId)
                .param("base", baseVersion)
                .param("document", JsonColumns.document(input))
                .param("now", Columns.time(clock.instant()))
                .param("by", by)
                .param("replaces", Columns.timeOrNull(replaces), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        if (saved == 0) {
            throw new ConflictException("Policy " + policy.name() + " already has a draft by "
                    + row(policyId).map(Row::savedBy).orElse("another user")
                    + ". Your changes were not saved. Edit or discard that draft first.");
        }
        return draftOf(policyId).orElseThrow(() -> noDraft(policyId));
    }

    @Override
    public PolicyView activateDraft(long policyId, @Nullable Instant seen, String by) {
        var row = row(policyId).orElseThrow(() -> noDraft(policyId));
        if (seen != null && !seen.equals(row.savedAt())) {
            throw new ConflictException("A newer draft was saved by " + row.savedBy()
                    + ". Nothing was activated. Review that draft first.");
        }
        var policy = policies.change(policyId, row.document(), row.baseVersion(), by);
        // If Cachewarden stops between the two statements, the draft remains visible. It cannot be activated again,
        // because the policy has
        // another version now.
        discardDraft(policyId, row.savedAt());
        return policy;
    }

    @Override
    public void discardDraft(long policyId, Instant seen) {
        jdbc.sql("delete from prune_policy_draft where policy_id = :policy and saved_at = :seen")
                .param("policy", policyId)
                .param("seen", Columns.time(seen))
                .update();
    }

    private static NotFoundException noDraft(long policyId) {
        return new NotFoundException("There is no draft of policy " + policyId + ".");
    }
}
