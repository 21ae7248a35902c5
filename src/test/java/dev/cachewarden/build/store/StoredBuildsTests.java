package dev.cachewarden.build.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private final StoredBuilds builds = BuildStoreParts.builds(database);

    @BeforeEach
    void clear() {
        database.clear();
    }

    /** Builds 1 and 2 as stored below; expected are their projects' first letters. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            one word                      ¦ shop            ¦ s
            whatever the case             ¦ SHOP            ¦ s
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
            """)
    void wordsAreLookedForAsTheyAre(String name, String typed, @Nullable String expected) {
        add("shop/web", "feature/x", "c0ffee0", "abcref", null, null);
        add("pay_100%", null, "0dd", null, "cold", "exit code: 1");

        var found = projects(BuildFilter.words(typed));

        assertThat(found)
                .isEqualTo(
                        expected == null
                                ? Set.of()
                                : Arrays.stream(expected.split(" ")).collect(Collectors.toSet()));
    }

    @Test
    void aZeroCharacterIsNoError() {
        add("shop", null, null, null, null, null);

        assertThat(projects(List.of("sh\0op"))).isEmpty();
    }

    @Test
    void aBuildIsFoundByItsNumber() {
        add("shop", null, null, null, null, null);
        Long id = database.jdbc().queryForObject("select max(id) from build", Long.class);

        assertThat(projects(List.of("#" + id))).containsExactly("s");
    }

    @Test
    void onlySoManyWordsCount() {
        assertThat(BuildFilter.words("a b  a\tc")).containsExactly("a", "b", "c");
        assertThat(BuildFilter.words(" ")).isEmpty();
        var many = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            many.append(i).append(' ');
        }
        assertThatThrownBy(() -> BuildFilter.words(many.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has 50 words; at most 20 are looked for");
    }

    @Test
    void theWholeListComesInParts() {
        database.jdbc().update("""
                insert into build (source, project, project_known_by, state, started_at)
                select 'UPLOAD', 'p' || n, 'GIVEN', case when n % 100 = 0 then 'RUNNING' else 'DONE' end,
                    now() - make_interval(secs => n / 3) from generate_series(1, 1203) n""");
        var seen = new ArrayList<Long>();

        builds.forEach(BuildFilter.ALL, build -> seen.add(build.id().value()));

        assertThat(seen).hasSize(1203);
        assertThat(new HashSet<>(seen)).hasSize(1203);
        assertThat(seen.subList(0, 100))
                .isEqualTo(builds.list(BuildFilter.ALL, null, 100).items().stream()
                        .map(build -> build.id().value())
                        .toList());
    }

    private Set<String> projects(List<String> words) {
        var all = BuildFilter.ALL;
        var filter = new BuildFilter(
                all.project(), all.builders(), all.branch(), all.states(), all.scenario(), words, null, null);
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
