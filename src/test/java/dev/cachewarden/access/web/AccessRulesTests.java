package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.util.ServletRequestPathUtils;

class AccessRulesTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /login                         | NOTHING
            POST   | /login/form                    | NOTHING
            GET    | /css/app.css                   | NOTHING
            GET    | /actuator/health               | NOTHING
            GET    | /actuator/health/liveness      | NOTHING
            GET    | /actuator/prometheus           | READ
            GET    | /actuator/env                  | IMPOSSIBLE
            GET    | /settings/password             | PERSON
            POST   | /settings/password             | PERSON
            GET    | /settings/tokens               | PERSON_ADMIN
            POST   | /settings/users/1              | PERSON_ADMIN
            GET    | /audit                         | ADMIN
            GET    | /settings/config               | PERSON_ADMIN
            POST   | /settings/config/apply         | PERSON_ADMIN
            GET    | /api/v1/config                 | READ
            GET    | /api/v1/config/export          | READ
            POST   | /api/v1/config/check           | PREVIEW
            POST   | /api/v1/config/apply           | ADMIN
            POST   | /api/v1/config/release         | ADMIN
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
            GET    | /mounts                        | READ
            GET    | /api/v1/mounts                 | READ
            GET    | /api/v1/mounts/hosts           | READ
            POST   | /records/7/abc                 | IMPOSSIBLE
            GET    | /builds/7                      | READ
            GET    | /builds/7/delete               | ADMIN
            POST   | /builds/7/delete               | ADMIN
            DELETE | /api/v1/builds/7               | ADMIN
            DELETE | /api/v1/builds                 | IMPOSSIBLE
            POST   | /policies                      | ADMIN
            POST   | /policies/3/preview            | PREVIEW
            POST   | /plans                         | PREVIEW
            POST   | /plans/3/run                   | PRUNE
            POST   | /runs/3/cancel                 | PRUNE
            GET    | /runs/3/events                 | READ
            GET    | /api                           | READ
            GET    | /alerts                        | READ
            GET    | /alerts/rules                  | READ
            GET    | /alerts/rules/disk-free        | ADMIN
            POST   | /alerts/rules/disk-free        | ADMIN
            POST   | /alerts/3/acknowledge          | PRUNE
            POST   | /alerts/silences               | PRUNE
            POST   | /alerts/silences/3/remove      | PRUNE
            POST   | /alerts/quiet-hours            | ADMIN
            GET    | /api/v1/alerts                 | READ
            POST   | /api/v1/alerts/3/acknowledge   | PRUNE
            POST   | /api/v1/silences               | PRUNE
            DELETE | /api/v1/silences/3             | PRUNE
            PUT    | /api/v1/alert-rules/disk-free  | ADMIN
            PUT    | /api/v1/quiet-hours            | ADMIN
            GET    | /pins                          | READ
            POST   | /pins                          | PRUNE
            POST   | /pins/3/remove                 | ADMIN
            POST   | /runs/groups/3/cancel          | PRUNE
            POST   | /api/v1/pins                   | PRUNE
            DELETE | /api/v1/pins/3                 | ADMIN
            POST   | /api/v1/runs/groups/3/cancel   | PRUNE
            GET    | /api/v1/hosts                  | READ
            GET    | /api/v1/records                | READ
            POST   | /api/v1/hosts                  | ADMIN
            PUT    | /api/v1/hosts/7                | ADMIN
            DELETE | /api/v1/hosts/7                | ADMIN
            GET    | /api/v1/tokens                 | ADMIN
            GET    | /api/v1/audit                  | ADMIN
            GET    | /api/v1/users                  | ADMIN
            POST   | /api/v1/users                  | ADMIN
            GET    | /api/v1/users/ann              | ADMIN
            PUT    | /api/v1/users/ann              | ADMIN
            DELETE | /api/v1/users/ann              | ADMIN
            POST   | /api/v1/tokens                 | ADMIN
            GET    | /api/v1/policies               | READ
            PUT    | /api/v1/policies/3             | ADMIN
            POST   | /api/v1/policies/3/plan        | PREVIEW
            POST   | /api/v1/policies/3/draft/plan  | PREVIEW
            PUT    | /api/v1/policies/3/draft       | ADMIN
            POST   | /policies/3/draft/preview      | PREVIEW
            POST   | /policies/3/draft/activate     | ADMIN
            POST   | /api/v1/policies/3/run         | PRUNE
            POST   | /api/v1/hosts/3/sample         | PREVIEW
            POST   | /api/v1/plans                  | PREVIEW
            POST   | /api/v1/plans/3/run            | PRUNE
            POST   | /api/v1/runs                   | PRUNE
            POST   | /api/v1/runs/3/cancel          | PRUNE
            POST   | /api/v1/runs/3/approve         | PRUNE
            POST   | /api/v1/builds                 | INGEST
            POST   | /api/v1/elsewhere              | IMPOSSIBLE
            GET    | /api/v1/channels               | ADMIN
            POST   | /api/v1/channels/3/test        | ADMIN
            GET    | /v3/api-docs                   | READ
            GET    | /v3/api-docs.yaml              | IMPOSSIBLE
            GET    | /elsewhere                     | IMPOSSIBLE
            TRACE  | /hosts                         | IMPOSSIBLE
            """)
    void requestsNeedTheScopeInTheTable(String method, String path, Need need) {
        var request = new MockHttpServletRequest(method, path);
        ServletRequestPathUtils.parseAndCache(request);

        assertThat(AccessRules.need(request)).isEqualTo(need);
    }

    /** A page or call that no line of the table names would be closed to everybody, and nobody would know why. */
    @Test
    void everyMethodOfEveryControllerHasALine() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        var softly = new SoftAssertions();
        int mapped = 0;
        for (var found : scanner.findCandidateComponents("dev.cachewarden")) {
            var type = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
            if (!type.getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()
                    .contains("test-classes")) {
                mapped += check(type, softly);
            }
        }
        softly.assertThat(mapped).isGreaterThan(50);
        softly.assertAll();
    }

    private static int check(Class<?> controller, SoftAssertions softly) {
        int mapped = 0;
        var onType = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        var prefix = onType == null || onType.path().length == 0 ? "" : onType.path()[0];
        for (var method : controller.getDeclaredMethods()) {
            var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            if (mapping == null) {
                continue;
            }
            for (String path : mapping.path().length == 0 ? new String[] {""} : mapping.path()) {
                for (var verb : mapping.method()) {
                    var request = new MockHttpServletRequest(verb.name(), (prefix + path).replaceAll("\\{[^}]+}", "7"));
                    ServletRequestPathUtils.parseAndCache(request);
                    softly.assertThat(AccessRules.need(request))
                            .as(verb + " " + prefix + path)
                            .isNotEqualTo(Need.IMPOSSIBLE);
                    softly.assertThat(verb == RequestMethod.GET || AuditedChanges.lists(verb.name(), prefix + path))
                            .as("audit action of " + verb + " " + prefix + path)
                            .isTrue();
                    mapped++;
                }
            }
        }
        return mapped;
    }
}
