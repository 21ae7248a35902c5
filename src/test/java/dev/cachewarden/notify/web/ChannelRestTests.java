package dev.cachewarden.notify.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.notify.store.ChannelParts;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Channels over REST, on a real database. */
class ChannelRestTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final String GOTIFY = """
            {"name": "ops", "type": "GOTIFY", "leastSeverity": "WARNING", "labels": {"env": "prod"},
             "settings": {"server": "https://gotify.example.com", "token": "secrettoken1"}}""";

    private final SettableClock clock = new SettableClock("2026-11-30T12:00:00Z");
    private final MockMvcTester http = MockMvcTester.of(
            new ChannelController(ChannelParts.channels(database, clock), ChannelParts.trial(database, clock)));

    @BeforeEach
    void clear() {
        database.clear();
    }

    @Test
    void channelIsCreatedWithoutShowingItsSecret() throws Exception {
        var created = post("/api/v1/channels", GOTIFY);

        assertThat(created).hasStatus(201).hasHeader("Location", "/api/v1/channels/1");
        assertThat(created).bodyJson().isLenientlyEqualTo("""
                {"id": 1, "name": "ops", "type": "GOTIFY", "enabled": true, "leastSeverity": "WARNING",
                 "labels": {"env": "prod"}, "settings": {"server": "https://gotify.example.com", "token": "…ken1"},
                 "configFile": null, "delivery": {"pending": 0, "lastSentAt": null, "brokenSince": null, "problem": null}}""");
        assertThat(body(get("/api/v1/channels"))).contains("ops").doesNotContain("secrettoken1");
        assertThat(post("/api/v1/channels", GOTIFY.replace("ops", "OPS")))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("name: 'OPS' is already the name of a channel");
    }

    @Test
    void responseCanBeSentBackAsAChange() throws Exception {
        var answer = body(post("/api/v1/channels", GOTIFY));

        assertThat(put("/api/v1/channels/1", answer.replace("\"ops\"", "\"dev\"")))
                .hasStatus(200);

        assertThat(get("/api/v1/channels/1"))
                .bodyJson()
                .extractingPath("$.name")
                .isEqualTo("dev");
        assertThat(database.jdbc().queryForObject("select settings->>'token' from notification_channel", String.class))
                .isEqualTo("secrettoken1");
    }

    @Test
    void removedChannelIsNotFound() {
        post("/api/v1/channels", GOTIFY);

        assertThat(http.delete().uri("/api/v1/channels/1").exchange()).hasStatus(204);
        assertThat(get("/api/v1/channels/1"))
                .failure()
                .rootCause()
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no channel 1.");
    }

    @Test
    void channelOfAFileIsChangedOnlyThere() {
        post("/api/v1/channels", GOTIFY);
        database.jdbc().update("update notification_channel set config_file = '/etc/cachewarden.yml'");

        assertThat(put("/api/v1/channels/1", GOTIFY))
                .failure()
                .rootCause()
                .isInstanceOf(ConflictException.class)
                .hasMessage(
                        "Channel 'ops' is managed by the configuration file /etc/cachewarden.yml. Change it there.");
    }

    @Test
    void testReturnsEachAttempt() {
        post("/api/v1/channels", GOTIFY);
        var expected = """
                {"succeeded": true, "attempts": [
                  {"problem": null, "request": "TEST Test of channel 'ops'", "status": 200, "answer": "ok", "durationMillis": 7},
                  {"problem": null, "request": "RESOLVED Test of channel 'ops'", "status": 200}]}""";

        assertThat(post("/api/v1/channels/1/test", ""))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo(expected);
        assertThat(post("/api/v1/channels/test", GOTIFY))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo(expected);
    }

    private MvcTestResult get(String uri) {
        return http.get().uri(uri).exchange();
    }

    private MvcTestResult post(String uri, String json) {
        return http.post()
                .uri(uri)
                .principal(() -> "ada")
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private MvcTestResult put(String uri, String json) {
        return http.put()
                .uri(uri)
                .principal(() -> "ada")
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private static String body(MvcTestResult result) throws Exception {
        return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
    }
}
