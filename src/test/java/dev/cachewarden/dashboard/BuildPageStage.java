package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.testing.WebClient;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

/** The pages over made-up builds as well, as vera sees them. */
abstract class BuildPageStage extends PageStage {

    @Autowired
    StoredBuilds builds;

    WebClient client = new WebClient(1);

    @BeforeEach
    void fill() {
        MadeBuilds.fill(builds, database);
        client = signedIn("vera");
    }

    String body(String path) {
        var answer = client.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    static String unescaped(String body) {
        return HtmlUtils.htmlUnescape(body);
    }
}
