package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Scope;
import dev.cachewarden.build.intake.UploadIntake;
import dev.cachewarden.build.intake.UploadedLog;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.testing.ServiceStage;
import dev.cachewarden.testing.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with recorded logs of four builds, without an engine. */
abstract class BuildRestStage extends ServiceStage {

    static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    static final String PROJECT = "https://git.example/shop/web?x=1&y#z";

    final JsonMapper json = JsonMapper.builder().build();

    @Autowired
    UploadIntake intake;

    @Autowired
    StoredBuilds builds;

    WebClient client = new WebClient(1);

    @BeforeEach
    void threeBuilds() throws IOException {
        database.clear();
        var token = tokens.issue("builds", Set.of(Scope.READ, Scope.INGEST), null, database.tokenOwner());
        client = new WebClient(port).with("Authorization", "Bearer " + token.secret());
        send("28.5/first.rawjson", PROJECT, "=cmd()", 0);
        send("28.5/unchanged.rawjson", PROJECT, "main", 1);
        send("28.5/code-changed.rawjson", PROJECT, "main", 2);
        send("28.5/first.rawjson", "other", "main", 3);
    }

    JsonNode get(String path) {
        var answer = client.get(path);
        assertThat(answer.statusCode()).as("GET %s: %s", path, answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    void send(String log, String project, @Nullable String branch, int hour) throws IOException {
        var uploadedLog = new UploadedLog(
                project, null, branch, null, null, null, null, false, BEGIN.plus(Duration.ofHours(hour)), null);
        try (InputStream in =
                Objects.requireNonNull(getClass().getResourceAsStream("/dev/cachewarden/progress/log/" + log))) {
            assertThat(intake.take(uploadedLog, "ci", in)).hasSize(1);
        }
    }
}
