package dev.cachewarden.policy;

import dev.cachewarden.build.PolicyTimes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The activation times of policy versions, for the analysis of builds. */
@Component
class VersionTimes implements PolicyTimes {

    private final PolicyVersions versions;

    VersionTimes(PolicyVersions versions) {
        this.versions = versions;
    }

    @Override
    public Optional<InForce> find(long policyId, int version) {
        return versions.find(policyId, version)
                .map(saved -> new InForce(
                        saved.content().name(),
                        version,
                        saved.savedAt(),
                        versions.find(policyId, version + 1)
                                .map(PolicyVersionView::savedAt)
                                .orElse(null),
                        idle(saved.content())));
    }

    private static @Nullable String idle(PolicyView.Content content) {
        if (!content.enabled()) {
            return "it was disabled";
        }
        return content.mode() == PolicyMode.ENFORCE ? null : "it was in report mode";
    }
}
