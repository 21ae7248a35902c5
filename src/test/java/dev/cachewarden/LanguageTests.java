package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts words that make texts hard to read, in what users and developers read: pages, messages, Javadoc, Markdown, tests, and scripts. The
 * counts may only fall: a change that lowers one lowers its number here. Code, and text in backticks or {@code {@code}}, does not count.
 * The console shows each count.
 */
class LanguageTests {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path TEMPLATES = Path.of("src/main/resources/templates");

    private static final Pattern HTML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern CODE_ELEMENT = Pattern.compile("<(script|style|code)\\b.*?</\\1>", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern TEXT_ATTRIBUTE =
            Pattern.compile("\\b(?:title|alt|aria-label|placeholder|data-label|label)=\"([^\"]*)\"");
    private static final Pattern EXPRESSION = Pattern.compile("\\b(?:th|cw|data|aria)[\\w:-]*=\"([^\"]*)\"");
    private static final Pattern LITERAL = Pattern.compile("'([^']* [^']*)'");
    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//[^\n]*");
    private static final Pattern LINE_COMMENT =
            Pattern.compile("(?m)^(?:[^\"\n]|\"(?:\\\\.|[^\"\\\\\n])*\")*?(?<!:)//([^\n]*)");
    private static final Pattern SQL_COMMENT = Pattern.compile("--([^\n]*)");
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:\\\\.|[^\"\\\\\\n])*)\"");
    private static final Pattern SQL =
            Pattern.compile("(?is)^\\s*(?:select|insert|update|delete|with|create|alter|merge|lock)\\b.*");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(?:code|link|linkplain|literal|value)[^}]*}");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern BACKTICKS = Pattern.compile("`[^`]*`");
    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");
    private static final Pattern WEAK_START = Pattern.compile("^\\s*(?:Whether|What|Of|That|Those)\\b");

    /**
     * Software does not tell or say, an actor has a name, and a label is a noun. Each cell has the count before these rules, and the limit.
     * Tests quote logs and messages of other tools, so their limits are not 0.
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    \\b(tell(s|ing)?|(un)?told)\\b; 24/0; 48/0; 391/0; 115/0; 160/106; 30/10
                    \\b(said|says?|saying)\\b; 10/0; 13/0; 129/0; 55/0; 62/66; 39/38
                    \\b(some|any|no|every)body\\b|\\bpeople\\b; 9/0; 15/0; 194/0; 31/0; 89/79; 14/0
                    \\bwho(m|so)?ever\\b|\\bwhatever\\b|\\bwhichever\\b; 2/0; 2/0; 87/0; 19/0; 24/29; 11/0
                    \\bwhat it (was|is|did|says|said|takes|holds)\\b; 14/0; 9/0; 41/0; 4/0; 17/12; 0/0
                    \\bnot known\\b; 20/0; 23/0; 72/0; 9/0; 37/4; 4/0
                    \\b(gone|went)\\b; 9/0; 17/0; 108/3; 22/0; 51/34; 4/0
                    \\b(of which|from which|in which)\\b; 4/0; 0/0; 64/0; 9/0; 14/17; 1/0
                    \\bstands? (in|on|by|there|beside|right|for|still|upon|as|under|with)\\b; 4/0; 2/0; 65/0; 11/0; 35/37; 0/0
                    \\b(go(es)?|went|going) on\\b|\\bpassed? over\\b; 9/0; 7/0; 54/0; 13/0; 28/31; 2/0
                    \\bby (itself|themselves)\\b|\\bby hand\\b; 12/0; 10/0; 49/0; 15/0; 33/25; 3/0
                    \\banew\\b|\\b(made|makes?) (it |them )?again\\b; 12/0; 9/0; 50/0; 25/0; 19/16; 4/0
                    \\bbeside\\b|\\bupon\\b|\\btill\\b|\\bin vain\\b|\\bof late\\b|\\blately\\b; 6/0; 5/0; 38/0; 20/0; 29/30; 6/0
                    \\bat work\\b|\\bswitched (on|off)\\b; 19/0; 14/0; 21/0; 10/0; 17/6; 1/0
                    \\bnone (is|are|of|was|that)\\b|\\b(held|holds?) against\\b; 4/0; 13/0; 71/0; 9/0; 32/16; 2/0
                    \\bnothing but\\b|\\bbut (by|for|as|those)\\b|\\btook at most\\b|\\b19 of 20\\b; 17/0; 5/0; 17/0; 2/0; 6/9; 0/0
                    \\b(cancelled|licence|colour|behaviour|recognise|grey)\\w*; 7/0; 2/0; 24/1; 3/0; 7/3; 19/17
                    """)
    void wordsThatMakeTextsHardToRead(
            String words,
            String inTemplates,
            String inStrings,
            String inJavadoc,
            String inMarkdown,
            String inTests,
            String inScripts) {
        var pattern = Pattern.compile(words, Pattern.CASE_INSENSITIVE);

        assertCount(pattern, "templates", templates(), inTemplates);
        assertCount(pattern, "strings", strings(MAIN), inStrings);
        assertCount(pattern, "Javadoc", javadoc(MAIN), inJavadoc);
        assertCount(pattern, "Markdown", markdown(), inMarkdown);
        assertAtMost(pattern, "tests", tests(), inTests);
        assertAtMost(pattern, "scripts", scripts(), inScripts);
    }

    @Test
    void javadocStartsWithANounOrAVerb() {
        var weak = javadoc(MAIN)
                .filter(text -> WEAK_START.matcher(text.text()).find())
                .toList();
        print("weak start", "Javadoc", weak.size(), "511/0");

        assertThat(weak).isEmpty();
    }

    private record Text(Path file, String text) {

        Stream<String> sentencesWith(Pattern words) {
            return text.lines().filter(line -> words.matcher(line).find()).map(line -> file + ": " + line.strip());
        }

        long count(Pattern words) {
            return words.matcher(text).results().count();
        }
    }

    private static void assertCount(Pattern words, String kind, Stream<Text> texts, String figures) {
        var all = texts.toList();
        long count = count(words, all);
        print(words.pattern(), kind, count, figures);
        assertThat(count).as(() -> sentences(words, all)).isEqualTo(limit(figures));
    }

    private static void assertAtMost(Pattern words, String kind, Stream<Text> texts, String figures) {
        var all = texts.toList();
        long count = count(words, all);
        print(words.pattern(), kind, count, figures);
        assertThat(count).as(() -> sentences(words, all)).isLessThanOrEqualTo(limit(figures));
    }

    private static long count(Pattern words, List<Text> texts) {
        return texts.stream().mapToLong(text -> text.count(words)).sum();
    }

    private static String sentences(Pattern words, List<Text> texts) {
        return "\"" + words + "\" in\n"
                + texts.stream().flatMap(text -> text.sentencesWith(words)).collect(Collectors.joining("\n"));
    }

    private static void print(String words, String kind, long count, String figures) {
        System.out.printf(
                "%-9s %4d, limit %4d, before the rules %4d: %s%n",
                kind, count, limit(figures), baseline(figures), words);
    }

    private static long baseline(String figures) {
        return Long.parseLong(figures.substring(0, figures.indexOf('/')));
    }

    private static long limit(String figures) {
        return Long.parseLong(figures.substring(figures.indexOf('/') + 1));
    }

    private static Stream<Text> templates() {
        return files(TEMPLATES, ".html").map(file -> {
            var html = HTML_COMMENT.matcher(read(file)).replaceAll(" ");
            var parts = new ArrayList<String>();
            groups(TEXT_ATTRIBUTE, html).forEach(parts::add);
            groups(EXPRESSION, html)
                    .flatMap(expression -> groups(LITERAL, expression))
                    .forEach(parts::add);
            parts.add(TAG.matcher(CODE_ELEMENT.matcher(html).replaceAll(" ")).replaceAll("\n"));
            return new Text(file, String.join("\n", parts));
        });
    }

    private static Stream<Text> strings(Path folder) {
        return files(folder, ".java").filter(LanguageTests::isNoListOfWords).map(file -> {
            var code = COMMENT.matcher(read(file)).replaceAll(" ");
            var parts = new ArrayList<>(groups(TEXT_BLOCK, code)
                    .filter(block -> !SQL.matcher(block).matches())
                    .toList());
            groups(STRING, TEXT_BLOCK.matcher(code).replaceAll(" "))
                    .filter(string -> string.contains(" "))
                    .forEach(parts::add);
            return new Text(file, String.join("\n", parts));
        });
    }

    private static Stream<Text> javadoc(Path folder) {
        return files(folder, ".java")
                .filter(LanguageTests::isNoListOfWords)
                .flatMap(file -> groups(JAVADOC, read(file))
                        .map(comment -> new Text(
                                file,
                                INLINE_TAG
                                        .matcher(comment.replaceAll("(?m)^\\s*\\* ?", ""))
                                        .replaceAll("X"))));
    }

    /** Returns the texts of the tests, without the list of words in this class. */
    private static Stream<Text> tests() {
        var comments = files(TESTS, ".java")
                .filter(LanguageTests::isNoListOfWords)
                .map(file -> new Text(file, groups(LINE_COMMENT, read(file)).collect(Collectors.joining("\n"))));
        return Stream.of(javadoc(TESTS), strings(TESTS), comments).flatMap(texts -> texts);
    }

    private static boolean isNoListOfWords(Path file) {
        return !file.endsWith("LanguageTests.java");
    }

    /** Returns the scripts as a whole, and the comments of the migrations. */
    private static Stream<Text> scripts() {
        var migrations = files(Path.of("db/migration"), ".sql")
                .map(file -> new Text(file, groups(SQL_COMMENT, read(file)).collect(Collectors.joining("\n"))));
        var scripts = Stream.of(
                        Stream.of(Path.of("mvnw"), Path.of(".ci/run"), Path.of("src/main/docker/start")),
                        filesIn(Path.of("src/main/resources/scripts"), "").stream(),
                        files(Path.of("frontend-static/js"), ".js"),
                        Stream.of(Path.of("src/test/engines/engines"), Path.of("src/test/engines/images/make")),
                        files(Path.of("src/test/engines"), ".sh"))
                .flatMap(files -> files)
                .map(file -> new Text(file, read(file)));
        return Stream.concat(migrations, scripts);
    }

    private static Stream<Text> markdown() {
        return Stream.concat(files(Path.of("docs"), ".md"), filesIn(Path.of(""), ".md").stream())
                .map(file -> new Text(
                        file,
                        LINK_TARGET
                                .matcher(BACKTICKS
                                        .matcher(FENCE.matcher(read(file)).replaceAll(" "))
                                        .replaceAll("X"))
                                .replaceAll("]")));
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
    }

    private static List<Path> filesIn(Path folder, String suffix) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder, String suffix) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
