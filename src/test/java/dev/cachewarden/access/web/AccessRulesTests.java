package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.ServletRequestPathUtils;

class AccessRulesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /login                         | NOTHING
            GET    | /css/app.css                   | NOTHING
            GET    | /actuator/health               | NOTHING
            GET    | /actuator/health/liveness      | NOTHING
            GET    | /actuator/prometheus           | READ
            GET    | /actuator/env                  | IMPOSSIBLE
            GET    | /settings/password             | IDENTITY
            POST   | /settings/password             | IDENTITY
            GET    | /settings/tokens               | ADMIN
            POST   | /settings/users/1              | ADMIN
            GET    | /audit                         | ADMIN
            GET    | /                              | READ
            HEAD   | /                              | READ
            POST   | /                              | IMPOSSIBLE
            GET    | /hosts                         | READ
            GET    | /hosts/7                       | READ
            GET    | /hosts/new                     | ADMIN
            GET    | /hosts/7/edit                  | ADMIN
            POST   | /hosts                         | ADMIN
            POST   | /hosts/7                       | ADMIN
            POST   | /hosts/7/delete                | ADMIN
            POST   | /hosts/7/read                  | PREVIEW
            POST   | /hosts/search                  | ADMIN
            GET    | /records/7/abc                 | READ
            POST   | /records/7/abc                 | IMPOSSIBLE
            POST   | /policies                      | ADMIN
            POST   | /policies/3/preview            | PREVIEW
            POST   | /policies/3/run                | PRUNE
            POST   | /plans                         | PREVIEW
            POST   | /plans/3/run                   | PRUNE
            POST   | /runs/3/cancel                 | PRUNE
            GET    | /runs/3/events                 | READ
            GET    | /api                           | READ
            GET    | /api/v1/hosts                  | READ
            GET    | /api/v1/records                | READ
            POST   | /api/v1/hosts                  | ADMIN
            PUT    | /api/v1/hosts/7                | ADMIN
            DELETE | /api/v1/hosts/7                | ADMIN
            GET    | /api/v1/tokens                 | ADMIN
            POST   | /api/v1/tokens                 | ADMIN
            GET    | /api/v1/policies               | READ
            PUT    | /api/v1/policies/3             | ADMIN
            POST   | /api/v1/policies/3/plan        | PREVIEW
            POST   | /api/v1/policies/3/run         | PRUNE
            POST   | /api/v1/hosts/3/sample         | PREVIEW
            POST   | /api/v1/plans                  | PREVIEW
            POST   | /api/v1/plans/3/run            | PRUNE
            POST   | /api/v1/runs                   | PRUNE
            POST   | /api/v1/runs/3/cancel          | PRUNE
            POST   | /api/v1/runs/3/approve         | PRUNE
            POST   | /api/v1/builds                 | INGEST
            POST   | /api/v1/elsewhere              | IMPOSSIBLE
            GET    | /v3/api-docs                   | READ
            GET    | /v3/api-docs.yaml              | IMPOSSIBLE
            GET    | /elsewhere                     | IMPOSSIBLE
            TRACE  | /hosts                         | IMPOSSIBLE
            """)
    void eachRequestNeedsWhatTheTableSays(String method, String path, Need need) {
        var request = new MockHttpServletRequest(method, path);
        ServletRequestPathUtils.parseAndCache(request);

        assertThat(AccessRules.need(request)).isEqualTo(need);
    }
}
