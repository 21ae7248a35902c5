package dev.cachewarden.policy.store;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.policy.Policies;
import java.time.InstantSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pins put together by hand, for tests of other packages. */
public final class PinParts {

    private PinParts() {}

    public static Pins pins(JdbcTemplate jdbc, Policies policies, HostRegistry hosts, InstantSource clock) {
        return new StoredPins(new PinRows(JdbcClient.create(jdbc)), policies, hosts, clock);
    }
}
