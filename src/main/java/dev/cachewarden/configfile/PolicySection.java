package dev.cachewarden.configfile;

import dev.cachewarden.policy.DocumentSource;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads a policy of the file as a {@link PolicyDocument}, with the checks of the REST API. */
final class PolicySection {

    private final Policies policies;
    private final Findings findings;

    PolicySection(Policies policies, Findings findings) {
        this.policies = policies;
        this.findings = findings;
    }

    /** Returns a policy, or null if it is invalid; then records the errors. */
    PolicyView.@Nullable Content read(Section section) {
        int before = findings.count();
        var document = DocumentSource.read(section, PolicyDocument.class);
        if (findings.count() > before) {
            return null;
        }
        try {
            return policies.read(document);
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> findings.add(section.inside(problem.field()), problem.reason()));
            return null;
        }
    }
}
