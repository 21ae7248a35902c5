package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.Yaml;

/** The documentation agrees with itself and with the settings of the code. */
@NullMarked
class DocumentationTests {

    private static final Path README = Path.of("README.md");
    private static final Path SETTINGS = Path.of("docs/settings.md");
    private static final Path APPLICATION = Path.of("src/main/resources/application.yml");

    /** Prefixes of system properties that only tests read, which {@code docs/development.md} documents. */
    private static final List<String> OF_TESTS = List.of("cachewarden.test.", "cachewarden.benchmark.");

    private static final String API = "/api/v1";

    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^\\[[^\\]]+]:\\s*(\\S+)");
    private static final Pattern PICTURE = Pattern.compile("(?:src|srcset)=\"([^\"]+)\"");
    private static final Pattern PATH = Pattern.compile("`((?:src|db|docs|[.]ci)/[\\w./-]+)`");
    private static final Pattern ENDPOINT = Pattern.compile("`(GET|POST|PUT|DELETE) (/[^`?]*)(?:[?][^`]*)?`");
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:Tests|Benchmark))`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*$");
    private static final Pattern SETTING = Pattern.compile("`(cachewarden(?:\\.[a-z0-9-]+)+)`");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(?<name>[a-z][a-z0-9.-]+)` \\| (?<value>[^|]+) \\|[^|]+\\|[^|]+\\|$");

    @Test
    void readmeFitsOnFewPages() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void everyPageIsLinkedFromTheReadme() throws IOException {
        var linked =
                links(README).stream().map(link -> link.replaceFirst("#.*", "")).toList();
        try (var pages = Files.list(Path.of("docs"))) {
            assertThat(pages.map(Path::toString).filter(page -> page.endsWith(".md")))
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(linked).contains(page));
        }
    }

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        var broken = new ArrayList<String>();
        int checked = 0;
        for (var page : pages()) {
            for (var link : links(page)) {
                if (URI.create(link).isAbsolute()) {
                    continue;
                }
                checked++;
                String[] parts = link.split("#", 2);
                var file = parts[0].isEmpty()
                        ? page
                        : Objects.requireNonNullElse(page.getParent(), Path.of(""))
                                .resolve(parts[0])
                                .normalize();
                if (!Files.exists(file) || (parts.length > 1 && !anchors(file).contains(parts[1]))) {
                    broken.add(page + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(checked).isGreaterThan(50);
    }

    @Test
    void everyDecisionHasItsFourPartsAndAnEntryInTheContents() throws IOException {
        String text = Files.readString(Path.of("RATIONALE.md"));
        String[] sections = text.split("(?m)^### ");

        assertThat(sections).hasSizeGreaterThan(50);
        assertThat(Arrays.stream(sections).skip(1))
                .allSatisfy(section -> assertThat(section)
                        .containsSubsequence(
                                "- **Decision.** ", "\n- **Reason.** ", "\n- **Alternatives.**", "\n- **Evidence.** ")
                        .satisfies(found -> assertThat(text)
                                .contains("  - [" + found.lines().findFirst().orElseThrow() + "](#")));
    }

    @Test
    void everyEndpointIsDocumentedAndEveryDocumentedEndpointExists() throws IOException {
        var documented = new TreeSet<String>();
        ENDPOINT.matcher(Files.readString(Path.of("docs/rest-api.md")))
                .results()
                .map(found -> found.group(1) + " " + found.group(2).replaceAll("\\{[^}]*}", "{}"))
                .forEach(documented::add);

        assertThat(documented).hasSizeGreaterThan(70).isEqualTo(endpoints());
    }

    @Test
    void everyNamedPathExists() throws IOException {
        var missing = new TreeSet<String>();
        for (var page : pages()) {
            PATH.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(path -> Files.notExists(Path.of(path)))
                    .forEach(path -> missing.add(page + ": " + path));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyNamedTestExists() throws IOException {
        Set<String> tests;
        try (var files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                    .collect(Collectors.toSet());
        }
        var named = new TreeSet<String>();
        for (var page : pages()) {
            NAMED_TEST.matcher(Files.readString(page)).results().forEach(found -> named.add(found.group(1)));
        }
        assertThat(named).hasSizeGreaterThan(50).isSubsetOf(tests);
    }

    @Test
    void everyDocumentedSettingExists() throws IOException {
        var known = settings().keySet();
        var unknown = new TreeSet<String>();
        for (var page : pages()) {
            SETTING.matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> OF_TESTS.stream().noneMatch(name::startsWith))
                    .filter(name -> !known.contains(name))
                    .forEach(name -> unknown.add(page + ": " + name));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everySettingIsDocumentedWithItsDefault() throws IOException {
        var documented = documented();

        assertThat(settings()).hasSizeGreaterThan(50).allSatisfy((name, value) -> {
            assertThat(documented).containsKey(name);
            if (value != null) {
                assertThat(documented.get(name)).as(name).isEqualTo(written(value));
            } else {
                assertThat(documented.get(name)).as(name).doesNotContain("`");
            }
        });
    }

    @Test
    void documentedDefaultsAreThoseOfTheApplication() throws IOException {
        var application = application();
        var documented = documented();
        documented.keySet().removeIf(name -> name.startsWith("cachewarden."));

        assertThat(documented).containsKeys("server.tomcat.max-http-form-post-size");
        documented.forEach((name, value) -> assertThat(written(application.getOrDefault(name, "unset")))
                .as(name)
                .isEqualTo(value));
    }

    /** Returns a default as the page writes it: literals are code, and words are not. */
    private static String written(String value) {
        return value.equals("empty") || value.equals("unset") ? value : "`" + value + "`";
    }

    private static List<Path> pages() throws IOException {
        try (var docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "RATIONALE.md", "CHANGELOG.md")
                                    .map(Path::of),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }

    /** Returns the targets of all links outside of code. */
    private static List<String> links(Path page) throws IOException {
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");
        return Stream.of(LINK, REFERENCE, PICTURE)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .toList();
    }

    /** Returns the anchors of the headings of a page, as GitHub and GitLab form them. */
    private static Set<String> anchors(Path page) throws IOException {
        var anchors = new HashSet<String>();
        var seen = new HashMap<String, Integer>();
        HEADING.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(DocumentationTests::anchor)
                .forEach(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    anchors.add(before == 0 ? anchor : anchor + "-" + before);
                });
        return anchors;
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .replaceAll("]\\([^)]*\\)", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** Returns the settings in the tables of the page with their defaults as written there. */
    private static Map<String, String> documented() throws IOException {
        var found = new TreeMap<String, String>();
        ROW.matcher(Files.readString(SETTINGS))
                .results()
                .forEach(row -> assertThat(found.put(row.group(1), row.group(2)))
                        .as(row.group(1))
                        .isNull());
        return found;
    }

    /** Returns the settings of the code with their defaults. A setting whose default is computed at the start has the value null. */
    private static Map<String, @Nullable String> settings() throws IOException {
        var settings = new TreeMap<String, @Nullable String>();
        for (var type : annotated(ConfigurationProperties.class)) {
            add(settings, type.getAnnotation(ConfigurationProperties.class).value(), type);
        }
        for (var type : annotated(ConditionalOnBooleanProperty.class)) {
            var condition = type.getAnnotation(ConditionalOnBooleanProperty.class);
            for (var name : condition.name()) {
                settings.put(name, Boolean.toString(condition.matchIfMissing()));
            }
        }
        application().forEach((name, value) -> {
            if (settings.containsKey(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /** Returns the endpoints of the REST API, with an empty pair of braces for each variable. */
    private static Set<String> endpoints() {
        var endpoints = new TreeSet<String>();
        for (var type : annotated(RestController.class)) {
            for (var method : type.getDeclaredMethods()) {
                var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping == null) {
                    continue;
                }
                var whole = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
                String prefix = whole == null ? "" : whole.path()[0];
                String path = prefix + (mapping.path().length == 0 ? "" : mapping.path()[0]);
                if (path.startsWith(API)) {
                    endpoints.add(mapping.method()[0] + " "
                            + path.substring(API.length()).replaceAll("\\{[^}]*}", "{}"));
                }
            }
        }
        return endpoints;
    }

    private static List<Class<?>> annotated(Class<? extends Annotation> annotation) {
        var classes = new ClassPathScanningCandidateComponentProvider(false);
        classes.addIncludeFilter(new AnnotationTypeFilter(annotation, false));
        return classes.findCandidateComponents("dev.cachewarden").stream()
                .<Class<?>>map(found -> {
                    try {
                        return Class.forName(found.getBeanClassName());
                    } catch (ClassNotFoundException e) {
                        throw new IllegalStateException(e);
                    }
                })
                // Tests have controllers and settings of their own.
                .filter(type -> Files.exists(Path.of(
                        "src/main/java",
                        type.getName().replaceFirst("[$].*", "").replace('.', '/') + ".java")))
                .toList();
    }

    private static void add(Map<String, @Nullable String> settings, String prefix, Class<?> type) {
        var components = type.getRecordComponents();
        // The compiler keeps the annotation of a component only at the parameter of the constructor.
        var parameters = type.getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < components.length; i++) {
            String name = prefix + "." + dashed(components[i].getName());
            if (components[i].getType().isRecord()) {
                add(settings, name, components[i].getType());
            } else {
                settings.put(name, defaultOf(parameters[i]));
            }
        }
    }

    private static @Nullable String defaultOf(Parameter parameter) {
        var annotation = parameter.getAnnotation(DefaultValue.class);
        if (annotation == null) {
            boolean text = parameter.getType() == Path.class || parameter.getType() == String.class;
            return text ? "unset" : null;
        }
        String value = String.join(",", annotation.value());
        return value.isEmpty() ? "empty" : value;
    }

    private static String dashed(String name) {
        return name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Returns the properties of the application file, where a placeholder counts as its default. */
    private static Map<String, String> application() throws IOException {
        Object all = new Yaml()
                .load(Files.readString(APPLICATION, StandardCharsets.UTF_8).replace("@", ""));
        var flat = new HashMap<String, String>();
        flatten("", all, flat);
        return flat;
    }

    private static void flatten(String name, @Nullable Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> parts) {
            parts.forEach((key, part) -> flatten(name.isEmpty() ? key.toString() : name + "." + key, part, flat));
        } else {
            String text = String.valueOf(value).replaceAll("^\\$\\{[^:}]+:(.*)}$", "$1");
            flat.put(name, text.isEmpty() ? "empty" : text);
        }
    }
}
