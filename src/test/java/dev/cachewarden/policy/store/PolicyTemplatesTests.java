package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.policy.ContentCheck;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyTemplate;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.policy.PolicyView.Warning;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTemplatesTests {

    static Stream<PolicyTemplate> templates() {
        return Stream.concat(PolicyTemplates.all().stream(), Stream.of(PolicyTemplates.oneRecord("abc123")));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void readAsTheyAre(PolicyTemplate template) {
        var content = PolicyDraft.of(template.policy()).content();

        assertThat(content.rules()).isNotEmpty();
        // A person looks at what it would delete before it deletes.
        assertThat(content.mode()).isEqualTo(PolicyMode.REPORT);
        assertThat(ContentCheck.of(content))
                .extracting(Warning::field)
                .filteredOn(field -> !field.equals("scope") && !field.equals("rules"))
                .isEmpty();
    }

    /** Docker's CLI reads sizes in binary units: 10GB goes over the wire as keep-storage=10737418240. */
    @ParameterizedTest
    @ValueSource(strings = {"keep-10gb", "unused-168h-keep-10gb"})
    void keepWhatTheirCommandKeeps(String id) {
        var template = PolicyTemplates.find(id).orElseThrow();

        assertThat(template.command()).contains("--keep-storage 10GB");
        assertThat(PolicyDraft.of(template.policy()).content().rules())
                .extracting(rule -> rule.limits().reservedSpace())
                .containsExactly(Space.of(new ByteSize(10_737_418_240L)));
    }

    @Test
    void nameEachOnce() {
        assertThat(PolicyTemplates.all()).extracting(PolicyTemplate::id).doesNotHaveDuplicates();
        assertThat(PolicyTemplates.find("nothing")).isEmpty();
    }
}
