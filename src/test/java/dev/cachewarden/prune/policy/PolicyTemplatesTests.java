package dev.cachewarden.prune.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView.Warning;
import dev.cachewarden.prune.check.ContentCheck;
import dev.cachewarden.prune.template.PolicyTemplate;
import dev.cachewarden.prune.template.PolicyTemplates;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTemplatesTests {

    static Stream<PolicyTemplate> templates() {
        return Stream.concat(PolicyTemplates.all().stream(), Stream.of(PolicyTemplates.oneRecord("abc123")));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void readAsTheyAre(PolicyTemplate template) {
        var content = PolicyDraft.of(template.policy()).content();

        assertThat(content.rules()).isNotEmpty();
        // What deletes by itself has been previewed first.
        assertThat(content.mode() == PolicyMode.ENFORCE && content.triggers().cron() != null)
                .isFalse();
        assertThat(ContentCheck.of(content))
                .extracting(Warning::field)
                .filteredOn(field -> !field.equals("scope") && !field.equals("rules"))
                .isEmpty();
    }

    @Test
    void nameEachOnce() {
        assertThat(PolicyTemplates.all()).extracting(PolicyTemplate::id).doesNotHaveDuplicates();
        assertThat(PolicyTemplates.find("nothing")).isEmpty();
    }
}
