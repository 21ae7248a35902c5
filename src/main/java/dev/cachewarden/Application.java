package dev.cachewarden;

import dev.cachewarden.store.EarlyDatabaseStart;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Cachewarden: watches, explains and prunes the BuildKit build caches of Docker hosts. */
@SpringBootApplication
public class Application {

    static void main(String[] args) {
        var application = new SpringApplication(Application.class);
        application.addInitializers(new EarlyDatabaseStart());
        application.run(args);
    }

    /** The clock of the whole application, in microseconds. The database stores no finer times, and a stored time must equal the original. */
    @Bean
    static Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
