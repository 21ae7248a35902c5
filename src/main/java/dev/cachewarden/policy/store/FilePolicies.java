package dev.cachewarden.policy.store;

import dev.cachewarden.policy.ConfiguredPolicies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.store.PolicyRows.Origin;
import dev.cachewarden.rest.ConflictException;
import java.time.InstantSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The policies of a configuration file, stored in the table of all policies. */
@Component
class FilePolicies implements ConfiguredPolicies {

    private final PolicyRows rows;
    private final InstantSource clock;

    FilePolicies(PolicyRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public PolicyView create(Content content, String file, String by) {
        if (rows.isNameTaken(content.name(), null)) {
            throw StoredPolicies.nameTaken(content.name());
        }
        try {
            return rows.insert(PolicyDraft.of(content), Origin.file(file, by), clock.instant());
        } catch (DuplicateKeyException e) {
            throw StoredPolicies.nameTaken(content.name());
        }
    }

    @Override
    public PolicyView change(PolicyView before, Content content, String file, String by) {
        return save(before, content, Origin.file(file, by));
    }

    @Override
    public PolicyView switchOffAndRelease(PolicyView before, String by) {
        if (!before.enabled()) {
            release(before);
            return rows.find(before.id()).orElseThrow(() -> movedOn(before));
        }
        return save(before, before.content().switchedOff(), Origin.file(null, by));
    }

    private PolicyView save(PolicyView before, Content content, Origin origin) {
        return rows.update(before.id(), before.version(), PolicyDraft.of(content), origin, clock.instant())
                .orElseThrow(() -> movedOn(before));
    }

    @Override
    public void release(PolicyView policy) {
        rows.release(policy.id());
    }

    private static ConflictException movedOn(PolicyView before) {
        return new ConflictException("Policy " + before.name() + " is no longer at version " + before.version()
                + ". Another user changed it at the same time.");
    }
}
