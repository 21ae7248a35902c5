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
 * Counts words that make texts hard to read, in what users and developers read: pages, messages, Javadoc, and Markdown. The counts may only
 * fall: a change that lowers one lowers its number here. Code, and text in backticks or {@code {@code}}, does not count.
 */
class LanguageTests {

    private static final Path MAIN = Path.of("src/main/java");
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
    private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:\\\\.|[^\"\\\\\\n])*)\"");
    private static final Pattern SQL =
            Pattern.compile("(?is)^\\s*(?:select|insert|update|delete|with|create|alter|merge|lock)\\b.*");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(?:code|link|linkplain|literal|value)[^}]*}");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern BACKTICKS = Pattern.compile("`[^`]*`");
    private static final Pattern LINK_TARGET = Pattern.compile("]\\([^)]*\\)");
    private static final Pattern WEAK_START = Pattern.compile("^\\s*(?:Whether|What|Of|That|Those)\\b");

    /** Software does not tell or say, an actor has a name, and a label is a noun. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    \\b(tell(s|ing)?|(un)?told)\\b; 0; 0; 0; 0
                    \\b(said|says?|saying)\\b; 0; 0; 0; 0
                    \\b(some|any|no|every)body\\b|\\bpeople\\b; 0; 0; 0; 0
                    \\bwho(m|so)?ever\\b|\\bwhatever\\b|\\bwhichever\\b; 0; 0; 0; 0
                    \\bwhat it (was|is|did|says|said|takes|holds)\\b; 0; 0; 0; 0
                    \\bnot known\\b; 0; 0; 0; 0
                    \\b(gone|went)\\b; 0; 0; 3; 0
                    \\b(of which|from which|in which)\\b; 0; 0; 0; 0
                    \\bstands? (in|on|by|there|beside|right|for|still|upon|as|under|with)\\b; 0; 0; 0; 0
                    \\b(go(es)?|went|going) on\\b|\\bpassed? over\\b; 0; 0; 0; 0
                    \\bby (itself|themselves)\\b|\\bby hand\\b; 0; 0; 0; 0
                    \\banew\\b|\\b(made|makes?) (it |them )?again\\b; 0; 0; 0; 0
                    \\bbeside\\b|\\bupon\\b|\\btill\\b|\\bin vain\\b|\\bof late\\b|\\blately\\b; 0; 0; 0; 0
                    \\bat work\\b|\\bswitched (on|off)\\b; 0; 0; 0; 0
                    \\bnone (is|are|of|was|that)\\b|\\b(held|holds?) against\\b; 0; 0; 0; 0
                    \\bnothing but\\b|\\bbut (by|for|as|those)\\b|\\btook at most\\b|\\b19 of 20\\b; 0; 0; 0; 0
                    \\b(cancelled|licence|colour|behaviour|recognise|grey)\\w*; 0; 0; 1; 0
                    """)
    void wordsThatMakeTextsHardToRead(String words, int inTemplates, int inStrings, int inJavadoc, int inMarkdown) {
        var pattern = Pattern.compile(words, Pattern.CASE_INSENSITIVE);

        assertCount(pattern, templates(), inTemplates);
        assertCount(pattern, strings(), inStrings);
        assertCount(pattern, javadoc(), inJavadoc);
        assertCount(pattern, markdown(), inMarkdown);
    }

    @Test
    void javadocStartsWithANounOrAVerb() {
        assertThat(javadoc().filter(text -> WEAK_START.matcher(text.text()).find()))
                .isEmpty();
    }

    private record Text(Path file, String text) {

        Stream<String> sentencesWith(Pattern words) {
            return text.lines().filter(line -> words.matcher(line).find()).map(line -> file + ": " + line.strip());
        }

        long count(Pattern words) {
            return words.matcher(text).results().count();
        }
    }

    private static void assertCount(Pattern words, Stream<Text> texts, int most) {
        var all = texts.toList();
        assertThat(all.stream().mapToLong(text -> text.count(words)).sum())
                .as(() -> "\"" + words + "\" in\n"
                        + all.stream()
                                .flatMap(text -> text.sentencesWith(words))
                                .collect(Collectors.joining("\n")))
                .isEqualTo(most);
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

    private static Stream<Text> strings() {
        return files(MAIN, ".java").map(file -> {
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

    private static Stream<Text> javadoc() {
        return files(MAIN, ".java")
                .flatMap(file -> groups(JAVADOC, read(file))
                        .map(comment -> new Text(
                                file,
                                INLINE_TAG
                                        .matcher(comment.replaceAll("(?m)^\\s*\\* ?", ""))
                                        .replaceAll("X"))));
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
