package dev.cachewarden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingTests {

    @Test
    void requiredWhenListed() {
        var environment = Map.of("CACHEWARDEN_REQUIRE", "browser, engines");

        assertThat(Missing.required(environment, "engines")).isTrue();
        assertThat(Missing.required(environment, "browser")).isTrue();
        assertThat(Missing.required(environment, "engine")).isFalse();
    }

    @Test
    void notRequiredWhenUnset() {
        assertThat(Missing.required(Map.of(), "engines")).isFalse();
    }
}
