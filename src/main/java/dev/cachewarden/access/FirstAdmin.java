package dev.cachewarden.access;

import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Creates an administrator if there is no account, and logs the address of the service. */
@Component
class FirstAdmin {

    static final String NAME = "admin";

    private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

    // Users type this password from a terminal, so it has no characters that look alike.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    private final Accounts accounts;
    private final AccessSettings settings;

    FirstAdmin(Accounts accounts, AccessSettings settings) {
        this.accounts = accounts;
        this.settings = settings;
    }

    @EventListener
    void onReady(ApplicationReadyEvent ready) {
        var address = address(ready.getApplicationContext().getEnvironment());
        if (!accounts.hasNoUsers()) {
            log.info("Cachewarden is at {}", address);
            return;
        }
        var given = settings.givenPassword();
        var password = given.orElseGet(() -> TokenSecret.random(new SecureRandom(), LETTERS, LENGTH));
        if (!accounts.addFirst(NAME, password)) {
            log.info("Cachewarden is at {}", address);
        } else if (given.isPresent()) {
            log.info("Cachewarden is at {} - sign in as '{}' with the password from the settings", address, NAME);
        } else {
            log.info(
                    "Cachewarden is at {} - sign in as '{}' with the password {} (shown only once; change it in the user menu)",
                    address,
                    NAME,
                    password);
        }
    }

    private static String address(Environment environment) {
        var given = environment.getProperty("cachewarden.base-url", "");
        if (!given.isBlank()) {
            return given.strip();
        }
        var port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        boolean tls = environment.getProperty("server.ssl.bundle") != null
                || environment.getProperty("server.ssl.key-store") != null
                || environment.getProperty("server.ssl.certificate") != null;
        return (tls ? "https" : "http") + "://localhost:" + port;
    }
}
