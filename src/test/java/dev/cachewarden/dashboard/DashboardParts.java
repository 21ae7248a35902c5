package dev.cachewarden.dashboard;

import java.time.Instant;
import java.time.InstantSource;

/** Put together by hand, for tests of other packages. */
public final class DashboardParts {

    private DashboardParts() {}

    public static Words words(Instant now) {
        return new Words(InstantSource.fixed(now));
    }
}
