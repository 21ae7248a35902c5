package dev.cachewarden.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTests {

    private static final Map<String, String> RECORD =
            Map.of("id", "abc123", "type", "exec.cachemount", "description", "mount / from exec, twice", "mutable", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id==abc123",
                "id~=c1",
                "id~=^abc123$",
                "type==exec.cachemount,mutable",
                "type!=regular",
                "parents!=x",
                "parents~=^$",
                "description==\"mount / from exec, twice\"",
                "description~=/exec, t/",
                "description~=|/ from|",
                "mutable==\"\"",
            })
    void matches(String filter) {
        assertThat(accepts(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id==abc",
                "id~=^c1",
                "type==regular",
                "immutable",
                "mutable==true",
                "id~=(",
                "id~=b,type==regular"
            })
    void doesNotMatch(String filter) {
        assertThat(accepts(filter)).isFalse();
    }

    @Test
    void elementsAreAlternatives() {
        assertThat(accepts("id==zzz", "type==exec.cachemount")).isTrue();
        assertThat(accepts("id==zzz", "id==yyy")).isFalse();
        assertThat(accepts("id==zzz", "")).isTrue();
        assertThat(accepts()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"type=regular", "type==", "==x", "description==a b", "id==\"abc", "type==a,"})
    void refusesWhatDoesNotRead(String filter) {
        assertThatExceptionOfType(RecordFilter.SyntaxException.class).isThrownBy(() -> accepts(filter));
    }

    private static boolean accepts(String... filters) {
        return RecordFilter.anyOf(List.of(filters)).test(RECORD::get);
    }
}
