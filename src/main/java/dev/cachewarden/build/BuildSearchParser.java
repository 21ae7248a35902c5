package dev.cachewarden.build;

import dev.cachewarden.build.BuildSearch.Cached;
import dev.cachewarden.build.FigureBound.Figure;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.list.FilterText;
import dev.cachewarden.rest.list.FilterText.Word;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A parser that reads a {@link BuildSearch} word by word. */
final class BuildSearchParser {

    private static final String KNOWN =
            "project:, branch:, revision:, label:, state:, scenario:, cause:, source:, cached:,"
                    + " duration:, hits:, sent: and host:";

    private final HostRegistry hosts;
    private final Set<BuilderId> builders = new HashSet<>();
    private final Set<String> projects = new HashSet<>();
    private final Set<String> branches = new HashSet<>();
    private final Set<String> revisions = new HashSet<>();
    private final Set<String> labels = new HashSet<>();
    private final Set<BuildState> states = EnumSet.noneOf(BuildState.class);
    private final Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
    private final Set<MissCause.Kind> causes = EnumSet.noneOf(MissCause.Kind.class);
    private final Set<BuildSource> sources = EnumSet.noneOf(BuildSource.class);
    private final Set<Cached> cached = EnumSet.noneOf(Cached.class);
    private final List<FigureBound> bounds = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    BuildSearchParser(HostRegistry hosts) {
        this.hosts = hosts;
    }

    BuildSearch parse(String text) {
        var typed = FilterText.read(text).stream().distinct().toList();
        if (typed.size() > BuildSearch.MOST_WORDS) {
            throw FilterText.problem("must have at most " + BuildSearch.MOST_WORDS + " words, not " + typed.size());
        }
        typed.forEach(this::add);
        return new BuildSearch(
                builders,
                new BuildSearch.Origin(projects, branches, revisions, labels),
                states,
                scenarios,
                causes,
                sources,
                cached,
                bounds,
                words);
    }

    private void add(Word word) {
        String key = word.key();
        String value = word.value();
        if (key == null) {
            addWord(value);
            return;
        }
        switch (key) {
            case "host" -> builders.addAll(buildersOf(value));
            case "project" -> projects.add(value);
            case "branch" -> branches.add(value);
            case "revision" -> revisions.add(revision(value));
            case "label" -> labels.add(value);
            case "state" -> states.add(named(value, "a state", Stream.of(BuildState.values()), BuildState::name));
            case "scenario" -> scenarios.add(named(value, "a scenario", Stream.of(Scenario.values()), Scenario::name));
            case "cause" ->
                causes.add(named(value, "a cause", Stream.of(MissCause.Kind.values()), MissCause.Kind::name));
            case "source" -> sources.add(named(value, "a source", Stream.of(BuildSource.values()), BuildSource::name));
            case "cached" -> cached.add(named(value, "a value of cached", Stream.of(Cached.values()), Cached::name));
            case "duration" -> bounds.add(FigureBound.parse(Figure.DURATION, word));
            case "hits" -> bounds.add(FigureBound.parse(Figure.HITS, word));
            case "sent" -> bounds.add(FigureBound.parse(Figure.SENT, word));
            default -> throw word.unknown(KNOWN);
        }
    }

    private static String revision(String beginning) {
        if (beginning.length() < BuildSearch.SHORTEST_REVISION) {
            throw FilterText.problem("'revision:" + beginning + "' is too short; use at least "
                    + BuildSearch.SHORTEST_REVISION + " characters");
        }
        return beginning.toLowerCase(Locale.ROOT);
    }

    /** Adds a plain word. Quotes without content add no condition. */
    private void addWord(String value) {
        if (!value.isBlank()) {
            words.add(value);
        }
    }

    private Set<BuilderId> buildersOf(String nameOrId) {
        var host = hosts.all().stream()
                .filter(one ->
                        one.name().equals(nameOrId) || one.id().toString().equals(nameOrId))
                // The name of a host can be a number that is the ID of another host.
                .min((one, other) -> Boolean.compare(isCalled(other, nameOrId), isCalled(one, nameOrId)))
                .orElseThrow(() -> FilterText.problem("There is no host '" + nameOrId + "'"));
        var found = hosts.buildersOfEngine(host);
        if (found.isEmpty()) {
            throw FilterText.problem("Host '" + nameOrId + "' has no known cache yet, and therefore no builds");
        }
        return found;
    }

    private static boolean isCalled(WatchedHost host, String name) {
        return host.name().equals(name);
    }

    private static <T> T named(String word, String kind, Stream<T> values, Function<T, String> name) {
        var all = values.toList();
        return all.stream()
                .filter(value -> wordOf(name.apply(value)).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> FilterText.problem("'" + word + "' is not " + kind + "; use one of "
                        + all.stream().map(name).map(BuildSearchParser::wordOf).collect(Collectors.joining(", "))));
    }

    /** Returns the spelling for users, such as {@code code-changed} for {@code CODE_CHANGED}. */
    private static String wordOf(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
