package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a policy: its document, and the version that the user changed, which is empty for a new policy. */
final class PolicyForm {

    private static final String VERSION = "version";

    private PolicyForm() {}

    /**
     * Returns the initial form for a new policy. Its settings are safe: it only reports until a user changes the mode, and it deletes at
     * most a fifth of a cache.
     */
    static DocumentForm blank() {
        return DocumentForm.of(new PolicyDocument(
                        null,
                        PolicyMode.REPORT.name(),
                        true,
                        null,
                        "0",
                        List.of(),
                        List.of(),
                        "0 3 * * *",
                        "UTC",
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun(null, "20"),
                        null,
                        PolicyDocument.Guards.NONE))
                .with(VERSION, "");
    }

    static DocumentForm of(PolicyView policy) {
        return of(policy.content(), Integer.toString(policy.version()));
    }

    /**
     * Creates the form of a policy.
     *
     * @param version version that is being changed, or empty for a new policy
     */
    static DocumentForm of(PolicyView.Content policy, String version) {
        return DocumentForm.of(PolicyDocument.of(policy)).with(VERSION, version);
    }

    static PolicyDocument document(DocumentForm form) {
        return form.document(PolicyDocument.class);
    }

    /**
     * Returns the version that the user changed, or null for a new policy.
     *
     * @throws InvalidInputException if the value is not a version
     */
    static @Nullable Integer expectedVersion(DocumentForm form) {
        String version = form.text(VERSION);
        if (!version.matches("\\d{0,9}")) {
            throw new InvalidInputException(
                    VERSION, "must be a version number, not '" + version + "': reload the page");
        }
        return version.isEmpty() ? null : Integer.valueOf(version);
    }
}
