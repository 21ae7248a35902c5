package dev.cachewarden.build.steps;

import dev.cachewarden.rest.InvalidInputException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The custom rules of a project. They have precedence over the standard rules of Cachewarden; see {@link StepRules}. */
@Component
public class ProjectRules {

    /** The maximum length of rules in characters. It is more than users need, and each rule is tested on each step. */
    public static final int LONGEST = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRules.class);

    /** The maximum number of projects whose parsed rules stay in memory. */
    private static final int KEPT = 100;

    private final Map<String, Read> kept = new ConcurrentHashMap<>();
    private final RuleRows rows;
    private final InstantSource clock;

    ProjectRules(RuleRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * The saved rules of a project.
     *
     * @param text rules as the user wrote them, in YAML
     * @param at time at which they were saved
     * @param by user who saved them
     */
    public record Saved(String text, Instant at, String by) {}

    /** Returns all rules for a project, with its custom rules first, if there are any. */
    public StepRules of(String project) {
        return rows.find(project).map(saved -> read(project, saved.text())).orElseGet(StepRules::standard);
    }

    /** The text of rules with the parsed rules. */
    private record Read(String text, StepRules rules) {}

    private StepRules read(String project, String text) {
        var known = kept.get(project);
        if (known != null && known.text().equals(text)) {
            return known.rules();
        }
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        var read = all(project, text);
        kept.put(project, new Read(text, read));
        return read;
    }

    /**
     * Parses saved rules. This fails only if a newer version saved them. Then the standard rules apply, so that builds are stored
     * nevertheless.
     */
    private static StepRules all(String project, String text) {
        try {
            return StepRules.standard().after(StepRules.parse(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("Ignoring the invalid step rules of project {}: {}", project, e.getMessage());
            return StepRules.standard();
        }
    }

    public Optional<Saved> find(String project) {
        return rows.find(project);
    }

    /** Returns all rules for a project, and prevents changes to them until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public StepRules held(String project) {
        rows.hold(project);
        return of(project);
    }

    /**
     * The effect of changed rules on stored builds.
     *
     * @param steps number of steps with a different class, or with a different reason for the same class
     * @param builds number of builds with such steps
     */
    public record Reclassed(int steps, int builds) {

        private static final Reclassed NONE = new Reclassed(0, 0);
    }

    /**
     * Replaces the rules of a project, and classifies the steps of its builds again. After that, Cachewarden compares these builds again in
     * the background.
     *
     * @throws InvalidInputException about {@code rules}, if they cannot be parsed
     */
    @Transactional
    public Reclassed save(String project, String text, String by) {
        if (text.length() > LONGEST) {
            throw new InvalidInputException(
                    "rules", "must be at most " + LONGEST + " characters, not " + text.length());
        }
        StepRules own;
        try {
            own = StepRules.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("rules", String.valueOf(e.getMessage()));
        }
        rows.lockExclusively(project);
        rows.save(project, new Saved(text, clock.instant(), by));
        return rows.classify(project, StepRules.standard().after(own));
    }

    /** Deletes the custom rules of a project, and classifies the steps of its builds again. */
    @Transactional
    public Reclassed remove(String project) {
        rows.lockExclusively(project);
        return rows.remove(project) ? rows.classify(project, StepRules.standard()) : Reclassed.NONE;
    }
}
