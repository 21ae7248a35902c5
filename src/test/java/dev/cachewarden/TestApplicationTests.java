package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

class TestApplicationTests {

    @Test
    void demoSkipsTheLocalEngineAndUsesItsOwnStore() {
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

    /** {@code spring-boot:test-run} looks for a static one, and refuses to choose between two. */
    @Test
    void demoIsTheOnlyMainClassThatMavenFinds() throws URISyntaxException {
        var tests = Path.of(TestApplicationTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(new ClassFileImporter()
                        .importPath(tests).stream()
                                .flatMap(type -> type.getMethods().stream())
                                .filter(method -> method.getName().equals("main")
                                        && method.getModifiers().contains(JavaModifier.STATIC))
                                .map(method -> method.getOwner().getName()))
                .containsExactly(TestApplication.class.getName());
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
