package dev.cachewarden.dashboard;

import dev.cachewarden.configfile.ConfigApplication;
import dev.cachewarden.configfile.ConfigChange;
import dev.cachewarden.configfile.ConfigChange.Action;
import dev.cachewarden.configfile.ConfigChange.Detail;
import dev.cachewarden.configfile.ConfigChange.Kind;
import dev.cachewarden.configfile.ConfigProblem;
import dev.cachewarden.configfile.ConfigSettings.Apply;
import dev.cachewarden.configfile.ConfigStatus;
import dev.cachewarden.configfile.ConfigStatus.State;
import dev.cachewarden.configfile.ConfigurationFile;
import dev.cachewarden.rest.ConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration file in the state that a test sets. */
final class FakeConfiguration implements ConfigurationFile {

    static final String FILE = "/etc/cachewarden/cachewarden.yml";
    static final String HASH = "3f2a9c1b04de".repeat(5) + "abcd";

    /** What was asked for, such as {@code apply 3f2a… by ann}. */
    final List<String> asked = new ArrayList<>();

    volatile ConfigStatus status = none(0);

    private static final List<ConfigChange> CHANGES = List.of(
            new ConfigChange(
                    Kind.HOST, "ci-1", Action.TAKEN_OVER, List.of(new Detail("Labels", "env=ci", "env=ci, team=web"))),
            new ConfigChange(
                    Kind.POLICY,
                    "nightly",
                    Action.ADDED,
                    List.of(new Detail("Mode", "", "ENFORCE"), new Detail("Rule 1", "", "regular: unused for 14 d"))),
            new ConfigChange(Kind.POLICY, "old", Action.RELEASED, List.of(new Detail("Enabled", "yes", "no"))));

    static ConfigStatus none(int entries) {
        return new ConfigStatus(
                null, Apply.AUTOMATIC, State.NO_FILE, null, List.of(), List.of(), null, entries, List.of());
    }

    static ConfigStatus pending() {
        return new ConfigStatus(
                FILE, Apply.ASK, State.PENDING, HASH, List.of(), CHANGES, "The database is away", 2, applied());
    }

    static ConfigStatus refused() {
        var problem =
                new ConfigProblem(14, "policies[2].rules[0].unusedfor", "is an unknown key. Did you mean 'unusedFor'?");
        return new ConfigStatus(
                FILE, Apply.AUTOMATIC, State.INVALID, HASH, List.of(problem), List.of(), null, 2, applied());
    }

    private static List<ConfigApplication> applied() {
        return List.of(new ConfigApplication(
                Fleets.NOW.minus(Duration.ofHours(2)), "configuration file", FILE, "0".repeat(64), CHANGES));
    }

    @Override
    public ConfigStatus status() {
        return status;
    }

    @Override
    public void apply(@Nullable String hash, String by) {
        asked.add("apply " + hash + " by " + by);
        if (!HASH.equals(hash)) {
            throw new ConflictException("It changed after you loaded this page.");
        }
    }

    @Override
    public List<ConfigChange> check(byte[] yaml) {
        return CHANGES;
    }

    @Override
    public int release() {
        asked.add("release");
        return 3;
    }

    @Override
    public String export() {
        return "hosts: []\npolicies: []\n";
    }
}
