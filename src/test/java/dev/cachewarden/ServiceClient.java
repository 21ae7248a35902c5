package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.WebClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script with a token, which takes anything but success for a failed test. */
final class ServiceClient {

    private final JsonMapper json = JsonMapper.builder().build();
    private final WebClient client;
    private final int port;
    private final String token;

    ServiceClient(int port, String token) {
        this.port = port;
        this.token = token;
        this.client = new WebClient(port).with("Authorization", "Bearer " + token);
    }

    int port() {
        return port;
    }

    String token() {
        return token;
    }

    JsonNode get(String path) {
        var answer = client.get(path);
        assertThat(answer.statusCode()).as("GET %s: %s", path, answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    JsonNode post(String path, String body) {
        var answer = client.json("POST", path, body);
        assertThat(answer.statusCode()).as("POST %s: %s", path, answer.body()).isBetween(200, 202);
        return json.readTree(answer.body());
    }
}
