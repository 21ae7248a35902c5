package dev.cachewarden.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.PolicyTimes;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.WrittenTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A parser for the events by which users divide builds. */
@Component
public class Splits {

    /** The supported forms, as messages list them. */
    public static final String FORMS =
            "a day (2026-11-20), a time (2026-11-20T12:00:00Z), a policy version (policy:3:4), the first"
                    + " Dockerfile change of the project (dockerfile), or a build (build:12)";

    private static final String DOCKERFILE = "dockerfile";
    private static final Pattern POLICY = Pattern.compile("policy:(\\d{1,18}):(\\d{1,9})");
    private static final Pattern BUILD = Pattern.compile("build:(\\d{1,18})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Builds builds;
    private final PolicyTimes policies;

    Splits(Builds builds, PolicyTimes policies) {
        this.builds = builds;
        this.policies = policies;
    }

    /**
     * Parses one of {@link #FORMS}.
     *
     * @param text text of the event; null or blank if builds are not divided
     * @param filter builds to divide
     * @throws InvalidInputException about {@code split}
     */
    public Optional<Split> read(@Nullable String text, BuildFilter filter) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(given(text.strip(), filter));
    }

    private Split given(String text, BuildFilter filter) {
        if (text.equals(DOCKERFILE)) {
            return firstChange(filter);
        }
        Matcher policy = POLICY.matcher(text);
        if (policy.matches()) {
            return version(Long.parseLong(policy.group(1)), Integer.parseInt(policy.group(2)));
        }
        Matcher build = BUILD.matcher(text);
        if (build.matches()) {
            return build(new BuildId(Long.parseLong(build.group(1))), filter);
        }
        return time(text);
    }

    private static Split time(String text) {
        try {
            return DAY.matcher(text).matches()
                    ? new Split(WrittenTime.checked(midnight(text)), text + " (UTC)")
                    : new Split(WrittenTime.parse(text), text);
        } catch (DateTimeException e) {
            throw new InvalidInputException("split", "'" + text + "' is not valid; use " + FORMS);
        }
    }

    private static Instant midnight(String day) {
        return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private Split version(long policyId, int version) {
        var found = policies.find(policyId, version)
                .orElseThrow(
                        () -> new InvalidInputException("split", "policy " + policyId + " has no version " + version));
        var notes = new ArrayList<String>();
        notes.add("active since " + Timestamps.text(found.since()));
        if (found.idle() != null) {
            notes.add(found.idle());
        }
        if (found.until() != null) {
            notes.add("replaced by version " + (version + 1) + " at " + Timestamps.text(found.until()));
        }
        return new Split(
                found.since(), "policy " + found.name() + " v" + version + " (" + String.join("; ", notes) + ")");
    }

    private Split build(BuildId id, BuildFilter filter) {
        var build = builds.find(id)
                .filter(found -> filter.project() == null || filter.project().equals(found.project()))
                .orElseThrow(() -> new InvalidInputException(
                        "split",
                        "there is no build " + id
                                + (filter.project() == null ? "" : " of project '" + filter.project() + "'")));
        var comparison = build.comparison();
        return new Split(
                build.startedAt(),
                "build " + id
                        + (comparison != null && comparison.scenario() == Scenario.DOCKERFILE_CHANGED
                                ? ", which changed the Dockerfile"
                                : ""));
    }

    private Split firstChange(BuildFilter filter) {
        if (filter.project() == null) {
            throw new InvalidInputException("split", "'dockerfile' requires a project");
        }
        var last = new AtomicReference<@Nullable BuildView>();
        builds.forEach(changes(filter), BuildOrder.LATEST, last::set);
        var first = last.get();
        if (first == null) {
            throw new InvalidInputException(
                    "split",
                    "no build of project '" + filter.project() + "' changed the Dockerfile in this time range");
        }
        return new Split(first.startedAt(), "the first Dockerfile change in this time range, in build " + first.id());
    }

    /** Returns the builds with a changed Dockerfile, latest first. */
    public List<BuildView> dockerfileChanges(BuildFilter filter, int most) {
        return builds.list(changes(filter), null, most).items();
    }

    private static BuildFilter changes(BuildFilter filter) {
        return filter.ofScenario(Scenario.DOCKERFILE_CHANGED.name());
    }
}
