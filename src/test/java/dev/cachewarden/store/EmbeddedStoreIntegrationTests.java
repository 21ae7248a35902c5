package dev.cachewarden.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Spring Boot finds the embedded PostgreSQL where no other database is named. */
@Timeout(300)
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedStoreIntegrationTests {

    @TempDir
    Path home;

    // Not a @Configuration, or component scans of other tests would find it.
    @Import(EmbeddedStore.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static class Beans {}

    @Test
    void startsMigratesAndStopsWithTheApplication() throws Exception {
        long process;
        try (var context = run()) {
            var jdbc = context.getBean(JdbcTemplate.class);
            assertThat(jdbc.queryForList("select name from host")).isEmpty();
            assertThat(jdbc.queryForObject("select version()", String.class)).startsWith("PostgreSQL 18");
            process = Long.parseLong(Files.readAllLines(directory().resolve("data/postmaster.pid"))
                    .getFirst());
        }
        var server = ProcessHandle.of(process);
        if (server.isPresent()) {
            assertThat(server.get().onExit()).succeedsWithin(Duration.ofMinutes(2));
        }
        assertThat(directory().resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void staysAwayWhereADatabaseIsNamed() {
        try (var database = TestDatabase.create();
                var context = run("spring.datasource.url=" + database.url(), "spring.datasource.username=postgres")) {
            assertThat(context.getBeansOfType(EmbeddedServer.class)).isEmpty();
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("select current_database()", String.class))
                    .startsWith("test_");
        }
        assertThat(directory()).doesNotExist();
    }

    @Test
    void emptyUrlNamesNone() {
        try (var context = run("spring.datasource.url=")) {
            assertThat(context.getBeansOfType(EmbeddedServer.class)).hasSize(1);
        }
    }

    @Test
    void startupFailureExplainsADirectoryInUse(CapturedOutput output) {
        try (var first = run()) {
            assertThat(first.isRunning()).isTrue();
            assertThatThrownBy(this::run).isNotNull();
        }
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Another Cachewarden (process "
                        + ProcessHandle.current().pid() + ") uses the data directory " + directory())
                .contains("Stop that process, or set cachewarden.store.directory to another directory.");
    }

    @Test
    void takesTheServerThatGotAHeadStart() {
        try (var context = application(Beans.class)
                .initializers(new EarlyDatabaseStart())
                .properties("spring.datasource.url=")
                .run()) {
            assertThat(context.getBeansOfType(EmbeddedServer.class)).hasSize(1);
            assertThat(context.getBean(JdbcTemplate.class).queryForList("select name from host"))
                    .isEmpty();
        }
        assertThat(directory().resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void unusedEarlyStartStopsWhenTheApplicationFails() {
        assertThatThrownBy(() -> application(Fails.class)
                        .initializers(new EarlyDatabaseStart())
                        .run())
                .hasStackTraceContaining("no such luck");
        assertThat(directory().resolve("data/PG_VERSION")).exists();
        assertThat(directory().resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void earlyStartFailureExplainsADirectoryInUse(CapturedOutput output) {
        try (var first = run()) {
            assertThat(first.isRunning()).isTrue();
            assertThatThrownBy(() -> application(Beans.class)
                            .initializers(new EarlyDatabaseStart())
                            .run())
                    .isNotNull();
        }
        assertThat(output).contains("Stop that process, or set cachewarden.store.directory to another directory.");
    }

    static class Fails {
        @Bean
        Object unlucky() {
            throw new IllegalStateException("no such luck");
        }
    }

    private ConfigurableApplicationContext run(String... properties) {
        return application(Beans.class).properties(properties).run();
    }

    private SpringApplicationBuilder application(Class<?> beans) {
        return new SpringApplicationBuilder(beans)
                .web(WebApplicationType.NONE)
                .properties("cachewarden.store.directory=" + directory());
    }

    private Path directory() {
        return home.resolve("kept/postgres");
    }
}
