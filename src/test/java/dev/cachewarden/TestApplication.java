package dev.cachewarden;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Cachewarden with a simulated fleet in place of real engines, and a database of its own under {@code target}: {@code ./mvnw
 * spring-boot:test-run}.
 */
final class TestApplication {

    private static final List<String> SETTINGS =
            List.of("--cachewarden.host.find-local-engine=false", "--cachewarden.store.directory=target/demo/postgres");

    private TestApplication() {}

    static void main(String[] args) {
        var application = new SpringApplication(Application.class, DemoFleet.class);
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests()));
        application.run(withSettings(args));
    }

    /** What is given on the command line goes before what the demo sets. */
    static String[] withSettings(String[] args) {
        var all = new ArrayList<>(List.of(args));
        for (String setting : SETTINGS) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            if (Stream.of(args).noneMatch(arg -> arg.startsWith(name))) {
                all.add(setting);
            }
        }
        return all.toArray(String[]::new);
    }

    /** Keeps the search for components to the product: configurations of single tests lie on the same class path here. */
    static final class WithoutTests extends TypeExcludeFilter {

        private static final String TESTS = TestApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
            return type.getResource().getURL().toString().startsWith(TESTS);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WithoutTests;
        }

        @Override
        public int hashCode() {
            return WithoutTests.class.hashCode();
        }
    }
}
