package dev.cachewarden.policy.store;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.PolicyBook.Origin;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.store.UniqueViolation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** The policies in the database, and the claims on those that are due. */
@Component
public class StoredPolicies implements Policies, PolicyVersions {

    private final PolicyBook book;
    private final SavedPolicies policies;
    private final SavedVersions versions;
    private final InstantSource clock;

    StoredPolicies(PolicyBook book, SavedPolicies policies, SavedVersions versions, InstantSource clock) {
        this.book = book;
        this.policies = policies;
        this.versions = versions;
        this.clock = clock;
    }

    @Override
    public List<PolicyView> all() {
        return policies.inOrderOfName().stream().map(SavedPolicy::view).toList();
    }

    @Override
    public Optional<PolicyView> find(long id) {
        return policies.findById(id).map(SavedPolicy::view);
    }

    @Override
    public PolicyView create(PolicyDocument input, String by) {
        var draft = PolicyDraft.of(input);
        checkName(draft, null);
        try {
            return book.insert(draft, Origin.person(by), clock.instant());
        } catch (DataIntegrityViolationException e) {
            throw UniqueViolation.isCauseOf(e) ? nameTaken(draft.content().name()) : e;
        }
    }

    @Override
    public PolicyView change(long id, PolicyDocument input, @Nullable Integer expectedVersion, String by) {
        return save(id, PolicyDraft.of(input), expectedVersion, by);
    }

    private void checkName(PolicyDraft draft, @Nullable Long id) {
        if (book.isNameTaken(draft.content().name(), id)) {
            throw nameTaken(draft.content().name());
        }
    }

    /** Returns the policy if a save would change nothing, which then creates no version. */
    private Optional<PolicyView> unchanged(long id, PolicyDraft draft, @Nullable Integer expectedVersion) {
        return find(id).filter(policy -> policy.configFile() == null)
                .filter(policy -> expectedVersion == null || policy.version() == expectedVersion)
                .filter(policy -> policy.content().equals(draft.content()));
    }

    private PolicyView save(long id, PolicyDraft draft, @Nullable Integer expectedVersion, String by) {
        var unchanged = unchanged(id, draft, expectedVersion);
        if (unchanged.isPresent()) {
            return unchanged.get();
        }
        checkName(draft, id);
        try {
            return book.update(id, expectedVersion, draft, Origin.person(by), clock.instant())
                    .orElseThrow(() -> notChanged(id));
        } catch (DataIntegrityViolationException e) {
            throw UniqueViolation.isCauseOf(e) ? nameTaken(draft.content().name()) : e;
        }
    }

    @Override
    public PolicyView.Content read(PolicyDocument input) {
        return PolicyDraft.of(input).content();
    }

    @Override
    public List<PolicyVersionView> of(long policyId) {
        if (find(policyId).isEmpty()) {
            throw noSuchPolicy(policyId);
        }
        return views(versions.newestFirst(policyId));
    }

    @Override
    public Optional<PolicyVersionView> find(long policyId, int version) {
        return versions.findById(new SavedVersion.Key(policyId, version)).map(SavedVersion::view);
    }

    @Override
    public List<PolicyVersionView> latest(int most, int each) {
        return views(versions.latest(most, each));
    }

    @Override
    public List<PolicyVersionView> savedWithin(Instant from, Instant until, int limit) {
        return views(versions.savedWithin(from, until, Limit.of(limit)));
    }

    private static List<PolicyVersionView> views(List<SavedVersion> versions) {
        return versions.stream().map(SavedVersion::view).toList();
    }

    @Override
    public PolicyView restore(long policyId, int version, String by) {
        var kept = find(policyId, version)
                .orElseThrow(() -> find(policyId).isEmpty()
                        ? noSuchPolicy(policyId)
                        : new NotFoundException("Policy " + policyId + " has no version " + version + "."));
        return save(policyId, PolicyDraft.of(kept.content()), null, by);
    }

    private RuntimeException notChanged(long id) {
        return find(id).<RuntimeException>map(policy -> policy.configFile() != null
                        ? ofFile(policy, policy.configFile())
                        : new ConflictException("Policy " + policy.name() + " is now at version " + policy.version()
                                + ". Your changes were not saved. Reload it and try again."))
                .orElseGet(() -> noSuchPolicy(id));
    }

    static ConflictException ofFile(PolicyView policy, String file) {
        return new ConflictException("Policy " + policy.name() + " is managed by the configuration file " + file
                + ". Nothing was changed. Edit the file instead.");
    }

    @Override
    public void remove(long id) {
        if (!book.delete(id)) {
            throw notChanged(id);
        }
    }

    @Override
    public List<Instant> nextStarts(String cron, @Nullable String timeZone, int count) {
        var problems = new InputProblems();
        var zone = TriggerReader.zone(timeZone, problems);
        var schedule = problems.read("cron", cron, text -> CronSchedule.parse(text, zone));
        problems.throwIfAny();
        return schedule == null ? List.of() : schedule.next(clock.instant(), count);
    }

    /**
     * Claims the policies that are due, and sets each to its next time after now. A policy that missed several times starts only once. Of
     * several replicas, only one claims each policy.
     */
    public List<PolicyView> claimDue(Instant now) {
        var claimed = new ArrayList<PolicyView>();
        for (var policy : policies.due(now).stream().map(SavedPolicy::view).toList()) {
            if (policy.cron() != null) {
                var next = CronSchedule.parse(policy.cron(), policy.timeZone()).next(now);
                if (policies.claim(policy.id(), policy.version(), policy.nextStartAt(), next, now) == 1) {
                    claimed.add(policy);
                }
            }
        }
        return claimed;
    }

    /** Records that a trigger other than the schedule started a policy. */
    public void recordBegun(PolicyView policy, Instant at) {
        policies.recordBegun(policy.id(), at);
    }

    /** Stores the result of a policy start, unless the policy has started again since. */
    public void recordStartResult(PolicyView policy, Instant startedAt, StartResult result) {
        policies.recordStartResult(policy.id(), startedAt, JsonColumns.startResult(result));
    }

    static InvalidInputException nameTaken(String name) {
        return new InvalidInputException("name", "'" + name + "' is already used by another policy");
    }

    private static NotFoundException noSuchPolicy(long id) {
        return new NotFoundException("There is no policy " + id + ".");
    }
}
