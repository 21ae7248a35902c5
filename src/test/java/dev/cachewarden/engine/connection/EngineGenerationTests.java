package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineGenerationTests {

    @ParameterizedTest
    @CsvSource({
        "18.06.3-ce,",
        "18.09.9, v0.3",
        "19.03.15, v0.6",
        "20.10.24+dfsg1, v0.8",
        "23.0.6, v0.10",
        "26.1.5+dfsg1, v0.13",
        "27.1.1, v0.14",
        "27.3.0, v0.15",
        "27.3.1, v0.16",
        "27.4.0, v0.17",
        "28.5.2, v0.25",
        "29.0.0, v0.25",
        "29.7.2, v0.32",
        "30.0.0,",
    })
    void knowsTheBuildKitOfEachEngine(String engine, String buildkit) {
        assertThat(EngineGeneration.parse(engine))
                .isNotNull()
                .satisfies(it -> assertThat(it.buildkit()).isEqualTo(buildkit));
    }

    @Test
    void developersBuildsHaveNoGeneration() {
        assertThat(EngineGeneration.parse("dev")).isNull();
        assertThat(EngineGeneration.parse("library-import")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "18.06.3-ce, , linux, NONE",
        "18.09.9, , linux, ON_REQUEST",
        "20.10.24, , linux, ON_REQUEST",
        "20.10.24, 2, linux, DEFAULT",
        "20.10.24, 1, linux, DISABLED",
        "23.0.0, 2, linux, DEFAULT",
        "23.0.0, , linux, DEFAULT",
        "28.5.2, 1, linux, DISABLED",
        "28.5.2, 1, windows, NONE",
        "dev, , linux, DEFAULT",
    })
    void determinesWhetherBuildsUseBuildKit(String engine, String builder, String osType, BuildKitUse use) {
        assertThat(EngineGeneration.buildKitUse(EngineGeneration.parse(engine), builder, osType))
                .isEqualTo(use);
    }
}
