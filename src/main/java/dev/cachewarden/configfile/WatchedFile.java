package dev.cachewarden.configfile;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.configfile.ConfigSettings.Apply;
import dev.cachewarden.configfile.ConfigStatus.State;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The configuration file of the settings. Each call reads it again. */
@Component
class WatchedFile implements ConfigurationFile {

    private static final int APPLICATIONS_SHOWN = 10;

    private final ConfigSettings settings;
    private final ConfigReader reader;
    private final ConfigApplier applier;
    private final ConfigRows rows;
    private final HostRegistry hosts;
    private final Policies policies;
    private final Pins pins;
    private final AuditTrail trail;
    private volatile @Nullable String failure;

    WatchedFile(
            ConfigSettings settings,
            ConfigReader reader,
            ConfigApplier applier,
            ConfigRows rows,
            HostRegistry hosts,
            Policies policies,
            Pins pins,
            AuditTrail trail) {
        this.settings = settings;
        this.reader = reader;
        this.applier = applier;
        this.rows = rows;
        this.hosts = hosts;
        this.policies = policies;
        this.pins = pins;
        this.trail = trail;
    }

    @Override
    public ConfigStatus status() {
        var path = settings.config();
        if (path == null) {
            return status(null, State.NO_FILE, null, List.of(), List.of());
        }
        String hash = null;
        ConfigReading reading;
        switch (ConfigSource.read(path)) {
            case ConfigSource.Unreadable unreadable ->
                reading = new ConfigReading.Invalid(List.of(ConfigProblem.ofFile(unreadable.reason())));
            case ConfigSource.Bytes bytes -> {
                hash = bytes.hash();
                reading = reader.read(bytes.bytes());
            }
        }
        return switch (reading) {
            case ConfigReading.Invalid invalid -> status(path, State.INVALID, hash, invalid.problems(), List.of());
            case ConfigReading.Valid valid -> {
                var changes = applier.changes(valid.content(), name(path));
                yield status(path, changes.isEmpty() ? State.IN_SYNC : State.PENDING, hash, List.of(), changes);
            }
        };
    }

    private ConfigStatus status(
            @Nullable Path path,
            State state,
            @Nullable String hash,
            List<ConfigProblem> problems,
            List<ConfigChange> changes) {
        return new ConfigStatus(
                path == null ? null : name(path),
                settings.configApply(),
                state,
                hash,
                problems,
                changes,
                state == State.PENDING ? failure : null,
                applier.entries(),
                rows.latest(APPLICATIONS_SHOWN));
    }

    @Override
    public void apply(@Nullable String hash, String by) {
        var path = named();
        switch (ConfigSource.read(path)) {
            case ConfigSource.Unreadable unreadable ->
                throw new ConflictException("Configuration file " + name(path) + " " + unreadable.reason() + ".");
            case ConfigSource.Bytes bytes -> {
                if (hash != null && !hash.equals(bytes.hash())) {
                    throw new ConflictException("Configuration file " + name(path)
                            + " changed after you loaded this page. Nothing was applied. Reload, and review"
                            + " the changes again.");
                }
                apply(requireValid(bytes.bytes()), path, bytes.hash(), by + ", from the configuration file");
            }
        }
    }

    /** Applies content that was read, and returns the changes made. */
    List<ConfigChange> apply(ConfigContent content, Path path, String hash, String by) {
        var changes = applier.apply(content, name(path), hash, by);
        failure = null;
        if (!changes.isEmpty()) {
            trail.record("config.apply", name(path), ConfigApplier.shortened(hash) + ": " + words(changes));
        }
        return changes;
    }

    /** Stores why the last attempt to apply a valid file failed. Returns whether the reason differs from the previous one. */
    boolean recordFailure(String reason) {
        boolean news = !reason.equals(failure);
        failure = reason;
        return news;
    }

    /** Returns the changes that valid content would make. */
    List<ConfigChange> changes(ConfigContent content, Path path) {
        return applier.changes(content, name(path));
    }

    static String words(List<ConfigChange> changes) {
        return String.join("; ", changes.stream().map(ConfigChange::words).toList());
    }

    static String name(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    @Override
    public List<ConfigChange> check(byte[] yaml) {
        var path = settings.config();
        // If no file is configured, the result is the same as for a new file.
        return applier.changes(requireValid(yaml), path == null ? "" : name(path));
    }

    private ConfigContent requireValid(byte[] yaml) {
        return switch (reader.read(yaml)) {
            case ConfigReading.Valid valid -> valid.content();
            case ConfigReading.Invalid invalid ->
                throw new InvalidInputException(invalid.problems().stream()
                        .map(ConfigProblem::toFieldProblem)
                        .toList());
        };
    }

    @Override
    public int release() {
        var path = settings.config();
        if (path != null) {
            throw new ConflictException(
                    "Configuration file " + name(path) + " would take over the released items again."
                            + " Remove them from the file, or restart Cachewarden without cachewarden.config.");
        }
        int released = applier.release();
        trail.record("config.release", released + " hosts, policies, pins, channels, and alert rules", null);
        return released;
    }

    @Override
    public String export() {
        return ConfigYaml.of(hosts.all(), policies.all(), pins.all(), applier.changedRules());
    }

    private Path named() {
        var path = settings.config();
        if (path == null) {
            throw new ConflictException(
                    "No configuration file is set. Set cachewarden.config to its path and restart Cachewarden.");
        }
        return path;
    }

    Apply mode() {
        return settings.configApply();
    }
}
