package dev.cachewarden.build.rules;

import dev.cachewarden.build.step.StepRules;
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

/** The rules that people give a project; they come before those that Cachewarden brings, see {@link StepRules}. */
@Component
public class ProjectRules {

    /** Characters; more than people write, and each rule is tried on each step. */
    public static final int LONGEST = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRules.class);

    /** Projects whose rules are kept as they were read. */
    private static final int KEPT = 100;

    private final Map<String, Read> kept = new ConcurrentHashMap<>();
    private final RuleRows rows;
    private final InstantSource clock;

    ProjectRules(RuleRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * What was saved.
     *
     * @param text as it was written, in YAML
     */
    public record Saved(String text, Instant at, String by) {}

    /** All rules for a project: its own first, if it has any. */
    public StepRules of(String project) {
        return rows.find(project).map(saved -> read(project, saved.text())).orElseGet(StepRules::standard);
    }

    /** Rules as they were written, and what was read in them. */
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

    /** What was saved can be read, unless a newer version saved it: then builds come in all the same. */
    private static StepRules all(String project, String text) {
        try {
            return StepRules.standard().after(StepRules.parse(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("The step rules of project {} cannot be read and are left out: {}", project, e.getMessage());
            return StepRules.standard();
        }
    }

    public Optional<Saved> find(String project) {
        return rows.find(project);
    }

    /** The same, which nobody changes until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public StepRules held(String project) {
        rows.hold(project);
        return of(project);
    }

    /**
     * What became of stored builds when rules changed.
     *
     * @param steps how many are of another class, or of the same for another reason
     * @param builds how many have such steps
     */
    public record Reclassed(int steps, int builds) {

        private static final Reclassed NONE = new Reclassed(0, 0);
    }

    /**
     * Saves rules in place of what a project had, and classes the steps of its builds anew. What these builds were is told anew after that,
     * in the background.
     *
     * @throws InvalidInputException about {@code rules}, if they cannot be read
     */
    @Transactional
    public Reclassed save(String project, String text, String by) {
        if (text.length() > LONGEST) {
            throw new InvalidInputException(
                    "rules", "are " + text.length() + " characters long; " + LONGEST + " are the most");
        }
        StepRules own;
        try {
            own = StepRules.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("rules", String.valueOf(e.getMessage()));
        }
        rows.holdAlone(project);
        rows.save(project, new Saved(text, clock.instant(), by));
        return rows.classify(project, StepRules.standard().after(own));
    }

    /** Takes a project's rules away, and classes the steps of its builds anew. */
    @Transactional
    public Reclassed remove(String project) {
        rows.holdAlone(project);
        return rows.remove(project) ? rows.classify(project, StepRules.standard()) : Reclassed.NONE;
    }
}
