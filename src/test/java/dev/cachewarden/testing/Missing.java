package dev.cachewarden.testing;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Tells of something that a test needs and the machine does not have: the test is skipped with a printed reason, or
 * fails where {@code CACHEWARDEN_REQUIRE} lists the need ({@code CACHEWARDEN_REQUIRE=engines,browser}).
 */
public final class Missing {

    private static final String REQUIRE = "CACHEWARDEN_REQUIRE";

    private Missing() {}

    /**
     * Ends the calling test.
     *
     * @param need such as {@code engines} or {@code browser}
     * @param reason what is missing and how to provide it
     */
    public static <T> T skipOrFail(String need, String reason) {
        if (required(System.getenv(), need)) {
            return Assertions.fail(REQUIRE + " lists '" + need + "', but: " + reason);
        }
        System.out.println("Skipped, '" + need + "' not here: " + reason);
        return Assumptions.abort(reason);
    }

    static boolean required(Map<String, String> environment, String need) {
        return Arrays.stream(environment.getOrDefault(REQUIRE, "").split(","))
                .anyMatch(listed -> listed.strip().equals(need));
    }
}
