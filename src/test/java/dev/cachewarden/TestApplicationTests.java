package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

class TestApplicationTests {

    @Test
    void demoLooksForNoRealEngineAndHasItsOwnStore() {
        assertThat(TestApplication.withSettings(new String[] {"--server.port=0"}))
                .containsExactly(
                        "--server.port=0",
                        "--cachewarden.host.find-local-engine=false",
                        "--cachewarden.store.directory=target/demo/postgres");
    }

    @Test
    void commandLineGoesFirst() {
        assertThat(TestApplication.withSettings(new String[] {"--cachewarden.store.directory=/elsewhere"}))
                .containsExactly(
                        "--cachewarden.store.directory=/elsewhere", "--cachewarden.host.find-local-engine=false");
    }

    @Test
    void demoLeavesConfigurationsOfTestsAlone() throws IOException {
        var readers = new SimpleMetadataReaderFactory();
        var filter = new TestApplication.WithoutTests();
        assertThat(filter.match(readers.getMetadataReader(TestApplicationTests.class.getName()), readers))
                .isTrue();
        assertThat(filter.match(readers.getMetadataReader(Application.class.getName()), readers))
                .isFalse();
    }
}
