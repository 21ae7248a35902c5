package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTests {

    private static final CacheRecord NPM =
            mount("cached mount /root/.npm from exec /bin/sh -c npm ci with id \"//root/.npm\"");
    private static final CacheRecord SHARED_ID =
            mount("cached mount /deps from exec /bin/sh -c mvn package with id \"maven\"");
    private static final CacheRecord OLD_ENGINE = mount("cached mount /root/.npm from exec /bin/sh -c npm ci");
    private static final CacheRecord STEP = aRecord("step")
            .type(RecordType.REGULAR)
            .described("mount / from exec /bin/sh -c npm ci")
            .record();

    private static CacheRecord mount(String description) {
        return aRecord("mount")
                .type(RecordType.EXEC_CACHEMOUNT)
                .described(description)
                .record();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "mountTarget==/root/.npm;  true;  false; true;  false",
                "mountTarget!=/root/.npm;  false; true;  false; true",
                "mountId==maven;           false; true;  false; false",
                "mountId==/root/.npm;      true;  false; true;  false",
                "mountId~=^/root;          true;  false; true;  false",
                "mountId!~=^/root;         false; true;  false; true",
                "description~=npm ci;      true;  false; true;  true",
                "description !~= npm;      false; true;  false; false",
                "type=regular;             false; false; false; true",
                "TYPE != regular;          true;  true;  true;  false",
                "id==step;                 false; false; false; true"
            })
    void matchesItsField(String text, boolean npm, boolean sharedId, boolean oldEngine, boolean step) {
        var filter = Filter.parse(text).predicate();

        assertThat(filter.test(NPM)).isEqualTo(npm);
        assertThat(filter.test(SHARED_ID)).isEqualTo(sharedId);
        assertThat(filter.test(OLD_ENGINE)).isEqualTo(oldEngine);
        assertThat(filter.test(STEP)).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id==a", "type!=regular", "description~=^\\[base", "mountId!~=x=y"})
    void roundTripsItsText(String text) {
        assertThat(Filter.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "label==x;           'label==x' is a label filter, which is not supported: engines ignore label filters",
                "size==5;            'size==5' does not start with a record field; use one of id, type, description, mountTarget, mountId",
                "description;        'description' has no operator; use ==, !=",
                "type==;             'type==' has no value; add one after ==",
                "description~=a(b;   'a(b' is not a valid regular expression: missing closing )",
                "description~=(?=x);  is not a valid regular expression"
            })
    void explainsInvalidFilters(String text, String message) {
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message.strip());
    }

    /** Takes exponential time with a backtracking engine. */
    @Test
    void regularExpressionsRunInLinearTime() {
        var record = aRecord("long").described("a".repeat(5_000)).record();

        assertThat(Filter.parse("description~=(a|a)*(a|a)*(a|a)*b$").predicate().test(record))
                .isFalse();
    }
}
