package dev.cachewarden.notify.web;

import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.notify.sending.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test.
 *
 * @param succeeded whether the service accepted both messages
 * @param attempts the firing message, and the resolved one if the first succeeded
 */
record TestResponse(boolean succeeded, List<AttemptResponse> attempts) {

    /**
     * One message of a test.
     *
     * @param problem why the service did not accept it, or null if it did
     * @param request the request without secrets
     * @param status status of the HTTP answer, or null if there was none
     * @param answer the first 2 KiB of the answer, without secrets
     * @param durationMillis time until the answer, in milliseconds
     */
    record AttemptResponse(
            @Nullable String problem,
            String request,
            @Nullable Integer status,
            String answer,
            long durationMillis) {}

    static TestResponse of(List<Attempt> attempts) {
        return new TestResponse(
                attempts.stream().allMatch(attempt -> attempt.outcome() instanceof Outcome.Sent),
                attempts.stream().map(TestResponse::of).toList());
    }

    private static AttemptResponse of(Attempt attempt) {
        return new AttemptResponse(
                attempt.problem(),
                attempt.request(),
                attempt.status(),
                attempt.answer(),
                attempt.duration().toMillis());
    }
}
