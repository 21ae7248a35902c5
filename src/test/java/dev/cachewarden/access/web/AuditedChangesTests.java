package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditedChangesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /api/v1/policies               | policy.add
            POST   | /policies/new                  | policy.add
            DELETE | /api/v1/builds/{id}            | build.delete
            POST   | /pins                          | pin.add
            DELETE | /api/v1/pins/{id}              | pin.remove
            POST   | /runs/groups/{id}/cancel       | run.cancel
            POST   | /api/v1/policies/preview       |
            POST   | /policies/preview              |
            POST   | /api/v1/builds                 |
            POST   | /api/v1/plans                  |
            PATCH  | /api/v1/new/{id}               | PATCH /api/v1/new/{id}
            """)
    void requestsHaveAnActionOrNoEntry(String method, String pattern, @Nullable String action) {
        assertThat(AuditedChanges.action(method, pattern)).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/policies/3                    |                               | /policies/3
            /policies/3/edit                      | /policies/3                   | /policies/3
            /policies/3/versions/2/restore        |                               | /policies/3
            /api/v1/policies                      | http://ci:8080/api/v1/policies/7 | /policies/7
            /policies/new                         | /policies/7?saved             | /policies/7
            /api/v1/runs/12/cancel                |                               | /runs/12
            /project/rules                        |                               | /project/rules
            """)
    void subjectIsThePageOfWhatChanged(String path, @Nullable String location, String subject) {
        assertThat(AuditedChanges.subject(path, location)).isEqualTo(subject);
    }

    @Test
    void everyActionOfARequestIsListed() {
        assertThat(AuditedChanges.lists("POST", "/api/v1/hosts")).isTrue();
        assertThat(AuditedChanges.lists("POST", "/api/v1/unknown")).isFalse();
    }
}
