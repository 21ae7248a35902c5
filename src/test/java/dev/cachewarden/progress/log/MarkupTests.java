package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that were copied as HTML or Markdown. */
class MarkupTests {

    private static final String PLAIN = """
            #0 building with "mill" instance using docker driver

            #1 [internal] load build definition from Dockerfile
            #1 transferring dockerfile: 97B done
            #1 DONE 0.0s

            #2 [1/3] FROM docker.io/library/debian:12
            #2 CACHED

            #3 [2/3] RUN echo "<b>" > note && test 1 -lt 2
            #3 CACHED

            #4 [3/3] RUN grind --grain='fine' <in
            #4 0.120 <none> & nothing
            #4 DONE 0.4s

            #5 exporting to image
            #5 DONE 0.1s
            """;

    private static final String VIEW = """
            [+] Building 0.8s (5/5) FINISHED                  docker:mill
             => [internal] load build definition from Dockerfile     0.0s
             => => transferring dockerfile: 97B                      0.0s
             => [1/3] FROM docker.io/library/debian:12               0.0s
             => CACHED [2/3] RUN echo "<b>" > note && test 1 -lt 2   0.0s
             => [3/3] RUN grind --grain='fine' <in                   0.4s
             => exporting to image                                   0.1s
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "‖",
                "‖<br>",
                "‖<br />",
                "<div>‖</div>",
                "<p>‖</p>",
                "<span class=\"line\">‖</span>",
                "<font color=\"#123456\">‖</font>",
                "  <li><code>‖</code></li>",
                "<tr><td>‖</td></tr>"
            })
    void viewsAreRead(String around) {
        assertThat(facts(each(VIEW, around))).isEqualTo(facts(VIEW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "‖<br/>",
                "<div>‖</div>",
                "<span class=\"line\">‖</span>",
                "<pre>‖</pre>",
                "  <li><code>‖</code></li>"
            })
    void plainLogsAreRead(String around) {
        assertThat(facts(each(PLAIN, around))).isEqualTo(facts(PLAIN));
    }

    /** Converters escape different signs, and take the blank before an arrow. */
    @ParameterizedTest
    @ValueSource(strings = {"[\\[\\]]", "[\\[\\]+]", "[\\[\\]+>]", "[\\[\\]+><_#`*]"})
    void logsWithTheEscapesOfMarkdownAreRead(String signs) {
        assertThat(facts(VIEW.replaceAll(signs, "\\\\$0"))).isEqualTo(facts(VIEW));
        assertThat(facts(VIEW.replaceAll(signs, "\\\\$0").replaceAll("(?m)^ ", "")))
                .isEqualTo(facts(VIEW));
        assertThat(facts(PLAIN.replaceAll(signs, "\\\\$0"))).isEqualTo(facts(PLAIN));
    }

    @Test
    void backslashesOfALogWithoutMarkdownStay() {
        String log = """
                #1 [1/1] RUN grep "\\[mill\\]" notes
                #1 0.100 => \\[internal\\] load
                \\[internal\\] load
                #1 DONE 0.1s
                """;

        assertThat(RecordedLog.read(log.getBytes(UTF_8)).getFirst().vertices())
                .singleElement()
                .satisfies(vertex -> {
                    assertThat(vertex.name()).isEqualTo("[1/1] RUN grep \"\\[mill\\]\" notes");
                    assertThat(vertex.log()).isEqualTo("=> \\[internal\\] load\n\\[internal\\] load");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"<br>", "<br/>", "</p><p>", "</div><div>"})
    void linesThatStandInOneAreTakenApart(String between) {
        assertThat(facts("<div>" + escaped(VIEW).replace("\n", between) + "</div>"))
                .isEqualTo(facts(VIEW));
    }

    @Test
    void charactersMayHaveNumbersForNames() {
        String numbered = VIEW.replace("&", "&#38;")
                .replace(">", "&gt;")
                .replace("<", "&#x3C;")
                .replace("'", "&#39;")
                .replace("  ", "&#160;&nbsp;");

        assertThat(facts(numbered)).isEqualTo(facts(VIEW));
    }

    @Test
    void fragmentWithAPrefixIsRead() {
        String fragment = VIEW.substring(VIEW.indexOf(" => CACHED"));

        assertThat(facts(each(fragment, "12: ‖"))).isEqualTo(facts(fragment));
    }

    @Test
    void onlyWhatIsCopiedAsHtmlIsReadAsHtml() {
        String printed = PLAIN.replace("<none> & nothing", "=&gt; <br> &amp; <b>");
        String named = PLAIN.replace("<in", "&lt;in &bogus; &#xZZ; &#55555555; &#xD800; &");

        assertThat(read(printed).vertices().get(3).log()).isEqualTo("=&gt; <br> &amp; <b>");
        assertThat(read(named).vertices().get(3).name())
                .endsWith("'fine' &lt;in &bogus; &#xZZ; &#55555555; &#xD800; &");
        assertThat(read(each(named, "<p>‖</p>")).vertices().get(3).name())
                .endsWith("'fine' &lt;in &bogus; &#xZZ; &#55555555; &#xD800; &");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String each(String log, String around) {
        return log.lines().map(line -> around.replace("‖", escaped(line))).collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> facts(String log) {
        return read(log).vertices().stream()
                .map(vertex -> vertex.name() + " " + vertex.state() + " " + vertex.duration() + " " + vertex.log())
                .toList();
    }

    private static BuildProgress read(String log) {
        var builds = RecordedLog.read(log.getBytes(UTF_8));
        assertThat(builds).hasSize(1);
        return builds.getFirst();
    }
}
