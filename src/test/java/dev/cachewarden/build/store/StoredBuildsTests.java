package dev.cachewarden.build.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredBuildsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final FakeHosts NO_HOSTS = FakeHosts.leadingTo();

    private final StoredBuilds builds = BuildStoreParts.builds(database);

    @BeforeEach
    void clear() {
        database.clear();
    }

    /** Builds 1 and 2 as stored below; expected are their projects' first letters. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            one word                      ¦ shop            ¦ s
            any case                      ¦ SHOP            ¦ s
            each of several               ¦ shop feature    ¦ s
            one of them is nowhere        ¦ shop nowhere    ¦
            a word in both                ¦ 0               ¦ p s
            the error                     ¦ exit            ¦ p
            the revision                  ¦ c0ffee          ¦ s
            the ref                       ¦ abcref          ¦ s
            the label                     ¦ cold            ¦ p
            no pattern: percent           ¦ %               ¦ p
            no pattern: percent elsewhere ¦ 5%              ¦
            no pattern: underscore        ¦ _               ¦ p
            no escape: backslash          ¦ \\             ¦
            no end of a text              ¦ ' or true --    ¦
            no operator of a search       ¦ shop|pay        ¦
            not across two fields         ¦ webfeature      ¦
            nor with a blank between      ¦ "abcref feature" ¦
            blanks within quotes          ¦ "exit code:"    ¦ p
            not the same in another order ¦ "code: exit"    ¦
            a project by its whole name   ¦ project:shop/web ¦ s
            not by a part of it           ¦ project:shop    ¦
            one of two projects           ¦ project:shop/web project:pay_100% ¦ p s
            a branch                      ¦ branch:feature/x ¦ s
            a state                       ¦ state:DONE      ¦ s
            states                        ¦ state:done state:failed ¦ p s
            a scenario                    ¦ scenario:code-changed ¦ s
            a cause                       ¦ cause:input-changed ¦ s
            a cause that was none         ¦ cause:no-cache  ¦
            different kinds must all hold ¦ project:shop/web state:failed ¦
            tokens and words              ¦ state:failed 0  ¦ p
                        """)
    void matchesWordsLiterally(String name, String typed, @Nullable String expected) {
        add("shop/web", "feature/x", "c0ffee0", "abcref", null, null);
        database.jdbc().update("update build set scenario = 'CODE_CHANGED', miss_cause = 'INPUT_CHANGED'");
        add("pay_100%", null, "0dd", null, "cold", "exit code: 1");
        database.jdbc().update("update build set state = 'FAILED' where error is not null");

        var found = projects(BuildSearch.parse(typed, NO_HOSTS));

        assertThat(found)
                .isEqualTo(
                        expected == null
                                ? Set.of()
                                : Arrays.stream(expected.split(" ")).collect(Collectors.toSet()));
    }

    /** The builds stored below, by the first letters of their projects. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            duration:>5m                  | b
            duration:>=5m                 | a b
            duration:<5m                  | c
            duration:>1m duration:<6m     | a
            hits:<50%                     | c
            hits:<=50%                    | b c
            hits:>50%                     | a
            hits:>=0%                     | a b c
            hits:>49.9% hits:<50.1%       | b
            sent:>100MiB                  | b
            sent:<1kB                     | a c
            cached:all                    | a
            cached:some                   | b
            cached:none                   | c
            cached:all cached:none        | a c
            cached:none duration:>1h      |
            label:cold                    | b
            label:co                      |
            revision:C0FF                 | a
            revision:c0ffee0              | a
            revision:0ffe                 |
            revision:c0ff revision:beef   | a b
            source:upload                 | b
            source:history                | a c d r
            source:upload cached:all      |
            """)
    void boundsAndSharesAreOfWhatIsKnown(String typed, @Nullable String expected) {
        database.jdbc().update("""
                insert into build (source, project, project_known_by, state, started_at, duration_millis, hits, lookups, transferred_bytes,
                    label, revision, steps_read_at)
                values ('HISTORY', 'a', 'GIVEN', 'DONE', now(), 300000, 4, 4, 500, null, 'C0FFEE0-dirty', now()),
                    ('UPLOAD', 'b', 'GIVEN', 'FAILED', now(), 600000, 2, 4, 200000000, 'cold', 'beef1234', now()),
                    ('HISTORY', 'c', 'GIVEN', 'DONE', now(), 1000, 0, 4, 0, null, null, now()),
                    ('HISTORY', 'd', 'GIVEN', 'DONE', now(), null, 0, 0, 0, null, null, null),
                    ('HISTORY', 'r', 'GIVEN', 'RUNNING', now(), null, 4, 4, 0, null, null, null)""");

        assertThat(String.join(" ", new TreeSet<>(projects(BuildSearch.parse(typed, NO_HOSTS)))))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aZeroCharacterIsNoError() {
        add("shop", null, null, null, null, null);

        assertThat(projects(BuildSearch.parse("sh\0op project:sh\0op", NO_HOSTS)))
                .isEmpty();
    }

    @Test
    void aBuildIsFoundByItsNumber() {
        add("shop", null, null, null, null, null);
        Long id = database.jdbc().queryForObject("select max(id) from build", Long.class);

        assertThat(projects(BuildSearch.parse("#" + id, NO_HOSTS))).containsExactly("s");
        assertThat(projects(BuildSearch.parse("\"Shop #" + id + "\"", NO_HOSTS)))
                .containsExactly("s");
    }

    @Test
    void whatIsTypedNarrowsWhatIsChosenBeside() {
        add("shop", "main", null, null, null, null);
        add("pay", "main", null, null, null, null);
        var search = BuildSearch.parse("project:shop branch:main", NO_HOSTS);
        var ofPay = BuildFilter.ofProject("pay");

        assertThat(builds.list(with(BuildFilter.ofProject("shop"), search), null, 5)
                        .items())
                .hasSize(1);
        assertThat(builds.list(with(ofPay, search), null, 5).items()).isEmpty();
        assertThat(builds.list(ofPay, null, 5).items()).hasSize(1);
    }

    @Test
    void theWholeListComesInParts() {
        database.jdbc().update("""
                insert into build (source, project, project_known_by, state, started_at)
                select 'UPLOAD', 'p' || n, 'GIVEN', case when n % 100 = 0 then 'RUNNING' else 'DONE' end,
                    now() - make_interval(secs => n / 3) from generate_series(1, 1203) n""");
        var seen = new ArrayList<Long>();

        builds.forEach(
                BuildFilter.ALL, BuildOrder.LATEST, build -> seen.add(build.id().value()));

        assertThat(seen).hasSize(1203);
        assertThat(new HashSet<>(seen)).hasSize(1203);
        assertThat(seen.subList(0, 100))
                .isEqualTo(builds.list(BuildFilter.ALL, null, 100).items().stream()
                        .map(build -> build.id().value())
                        .toList());
    }

    @Test
    void repeatedEventsConsumeNoId() {
        BuildStoreParts.addBuilder(database, 1);
        var first = builds.store(running("a"));
        for (int i = 0; i < 5; i++) {
            assertThat(builds.store(running("a")).id()).isEqualTo(first.id());
        }

        assertThat(builds.store(running("b")).id().value()).isEqualTo(first.id().value() + 1);
    }

    /** Its builder does not remember it by a ref; whether its log still comes in is for others to tell. */
    @Test
    void doesNotMarkAnOpenUploadAsLost() {
        BuildStoreParts.addBuilder(database, 7);
        database.jdbc().update("""
                insert into build (source, builder_id, project, project_known_by, state, started_at, last_data_at)
                values ('UPLOAD', 7, 'u', 'GIVEN', 'RUNNING', now(), now())""");

        assertThat(builds.markLost(new BuilderId(7), Instant.parse("2999-01-01T00:00:00Z"), List.of()))
                .isZero();
    }

    @Test
    void whatHasEndedIsNotMadeToRunAgain() {
        BuildStoreParts.addBuilder(database, 1);
        var id = builds.store(running("a")).id();
        database.jdbc().update("update build set state = 'DONE'");

        assertThat(builds.store(running("a"))).isEqualTo(new Stored(id, false));
        assertThat(builds.find(id)).map(BuildView::state).contains(BuildState.DONE);
    }

    private static NewBuild running(String ref) {
        return new NewBuild(
                BuildSource.HISTORY,
                new BuilderId(1),
                ref,
                null,
                new BuildOutline(
                        new ProjectName("shop", ProjectName.Known.GIVEN),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        false,
                        Map.of()),
                BuildState.RUNNING,
                null,
                Instant.parse("2026-03-01T10:00:00Z"),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    private static BuildFilter with(BuildFilter of, BuildSearch search) {
        return new BuildFilter(
                of.project(), of.builders(), of.branch(), of.states(), of.scenario(), search, of.from(), of.until());
    }

    private Set<String> projects(BuildSearch search) {
        var filter = with(BuildFilter.ALL, search);
        return builds.list(filter, null, 50).items().stream()
                .map(build -> build.project().substring(0, 1))
                .collect(Collectors.toSet());
    }

    private static void add(
            String project,
            @Nullable String branch,
            @Nullable String revision,
            @Nullable String ref,
            @Nullable String label,
            @Nullable String error) {
        database.jdbc().update("""
                insert into build (source, project, project_known_by, branch, revision, ref, label, error, state, started_at)
                values ('UPLOAD', ?, 'GIVEN', ?, ?, ?, ?, ?, 'DONE', now())""", project, branch, revision, ref, label, error);
    }
}
