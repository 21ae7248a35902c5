package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.WebClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists of builds over REST: their filters, order, and CSV. */
class BuildListIntegrationTests extends BuildRestStage {

    @Test
    void wordsAreFound() {
        assertThat(get("/api/v1/builds?q=" + encoded("SHOP/web main")).path("items"))
                .hasSize(2);
        assertThat(get("/api/v1/builds?q=nowhere").path("items")).isEmpty();
        assertThat(get("/api/v1/analytics/totals?q=other").path("builds").asInt())
                .isEqualTo(1);
    }

    @Test
    void whatIsLeftBlankIsNotAskedFor() {
        assertThat(get("/api/v1/builds?builder=%20&state=%20&project=&branch=%20")
                        .path("items"))
                .hasSize(4);
        assertThat(client.get("/api/v1/runs?state=%20").statusCode()).isEqualTo(200);
    }

    @Test
    void tokensAreReadWhereverBuildsAreAskedFor() {
        String tokens = encoded("project:\"" + PROJECT + "\" scenario:code-changed state:done");
        assertThat(get("/api/v1/builds?q=" + tokens).path("items")).hasSize(1);
        assertThat(get("/api/v1/analytics/totals?q=" + tokens).path("builds").asInt())
                .isEqualTo(1);
        assertThat(client.get("/api/v1/builds?format=csv&q=" + tokens).body()).hasLineCount(2);
        assertThat(get("/api/v1/builds?project=other&q=" + encoded("project:other branch:main"))
                        .path("items"))
                .hasSize(1);
        assertThat(get("/api/v1/builds?project=other&q=" + tokens).path("items"))
                .isEmpty();
        var refused = client.get("/api/v1/analytics/classes?q=" + encoded("stat:done"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("'stat:' is not a filter. Available filters: project:, branch:");
    }

    @Test
    void csvHoldsWhatTheListHoldsAndNoFormula() {
        var answer = client.get("/api/v1/builds?format=csv&project=" + encoded(PROJECT));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"builds.csv\"");
        var lines = answer.body().split("\r\n");
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).startsWith("id,project,host,builderId,ref,branch,");
        assertThat(lines[3]).contains(PROJECT + ",,,,'=cmd(),");
        assertThat(lines[1]).contains(",DONE,", ",CODE_CHANGED,");
        assertThat(new WebClient(port)
                        .with("Authorization", authorization())
                        .with("Accept", "text/csv")
                        .get("/api/v1/builds?q=other")
                        .body())
                .hasLineCount(2);
    }

    @Test
    void listAndFileHaveTheOrderAskedFor() {
        database.jdbc().update("update build set duration_millis = case when project = 'other' then null else id end");
        var ids = new ArrayList<String>();
        String next = "";
        do {
            var page = get("/api/v1/builds?sort=-duration&limit=1" + (next.isEmpty() ? "" : "&after=" + next));
            ids.add(page.path("items").get(0).path("id").asString());
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        var lines =
                client.get("/api/v1/builds?format=csv&sort=-duration").body().split("\r\n");
        var refused = client.get("/api/v1/builds?sort=size");

        assertThat(ids).hasSize(4).doesNotHaveDuplicates();
        assertThat(ids.subList(0, 3))
                .isSortedAccordingTo(Comparator.comparing(Long::valueOf, Comparator.reverseOrder()));
        assertThat(lines).hasSize(5);
        for (int i = 0; i < 4; i++) {
            assertThat(lines[i + 1]).startsWith(ids.get(i) + ",");
        }
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"field\":\"sort\"", "must be started, duration or hitRate");
        assertThat(client.get("/api/v1/builds?format=csv&sort=size").statusCode())
                .isEqualTo(400);
    }

    @Test
    void csvThatIsRefusedIsNoAttachment() {
        var answer = client.get("/api/v1/builds?format=csv&q=" + encoded("a b c d e f g h i j k l m n o p q r s t u"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("must have at most 20 words, not 21");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    private String authorization() {
        return "Bearer "
                + tokens.issue("csv", Set.of(Scope.READ), null, database.tokenOwner())
                        .secret();
    }
}
