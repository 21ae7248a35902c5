package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Error responses and redirects of an engine. */
class RefusalTests extends BadAnswersStage {

    @Test
    void refusalQuotesTheMessageOfTheEngine() {
        server.onJson(
                DF, 400, "{\"message\":\"client version 1.51 is too new. Maximum supported API version is 1.45\"}");

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("ci-1 refused GET /v1.51/system/df with 400: client version 1.51 is too new. Maximum"
                        + " supported API version is 1.45")
                .satisfies(refused -> assertThat(refused.status()).isEqualTo("400"));
    }

    @Test
    void refusalByAnotherServerShowsItsStatusOnly() {
        server.on(DF, "HTTP/1.1 502 Bad Gateway\r\n\r\n<html>\n  <h1>Bad   gateway</h1>" + "x".repeat(1_000));

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("ci-1 refused GET /v1.51/system/df with 502");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"internal\"}",
                "{\"message\":\"internal\",\"detail\":{\"token\":\"abc\"}}",
                "internal",
                "[\"internal\"]",
                "{\"message\":[\"internal\"]}"
            })
    void errorsOfOtherServersStayTheirs(String body) {
        server.on(DF, "HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\n\r\n" + body);

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessage("ci-1 refused GET /v1.51/system/df with 500");
    }

    @Test
    void refusalIsCleanedCutAndWithoutSecrets() {
        server.onJson(DF, 500, "{\"message\":\"no\\u0000pe --password=hunter2hunter2 " + "y".repeat(2_000) + "\"}");

        assertThatExceptionOfType(EngineRefusedException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(
                        "ci-1 refused GET /v1.51/system/df with 500: no\uFFFDpe --password=‹password› yyy")
                .withMessageEndingWith("y…");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) throws IOException {
        try (var other = ScriptedServer.engine().onJson(DF, Recorded.text("docker/df-28.5.json"))) {
            server.on(
                    DF,
                    "HTTP/1.1 " + status + " Elsewhere\r\nApi-Version: 1.51\r\nLocation: "
                            + other.address().replace("tcp:", "http:")
                            + "/v1.51/system/df?type=build-cache\r\nContent-Length: 0\r\n\r\n");

            assertThat(problem())
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "ci-1 at " + server.address() + " returned a redirect: " + ENDPOINT + " returned "
                                    + status
                                    + ". Cachewarden does not follow redirects. Enter the address of the engine"
                                    + " itself"));
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void serverErrorsAreNotRepeated() {
        server.on(DF, "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");

        assertThatExceptionOfType(EngineRefusedException.class).isThrownBy(this::read);
        assertThat(server.requests()).hasSize(1);
    }
}
