package dev.cachewarden;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Cachewarden: watches, explains and prunes the BuildKit build caches of Docker hosts. */
@SpringBootApplication
public class Application {

    @Bean
    static Clock clock() {
        return Clock.systemUTC();
    }

    static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
