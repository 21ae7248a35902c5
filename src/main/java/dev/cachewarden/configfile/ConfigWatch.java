package dev.cachewarden.configfile;

import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Watches the configuration file and applies its changes. It detects a change by the content and not by the modification time: editors
 * replace files, and Kubernetes updates a ConfigMap by replacing a symbolic link.
 *
 * <p>A change counts once two consecutive checks have read the same content, so that no incomplete file is applied. An invalid file changes
 * nothing. The previous configuration remains active, and the service starts with it, because otherwise no host would be monitored. Each
 * replica acts only once on each change of its own file. If two replicas have different files during a rollout, they do not overwrite each
 * other repeatedly.
 */
@Component
class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final int PROBLEMS_LOGGED = 3;

    private final ConfigSettings settings;
    private final ConfigReader reader;
    private final WatchedFile file;
    private @Nullable String seen;
    private @Nullable String settled;

    ConfigWatch(ConfigSettings settings, ConfigReader reader, WatchedFile file) {
        this.settings = settings;
        this.reader = reader;
        this.file = file;
    }

    /** Checks the file once. The first check accepts the file immediately, because policies run from the start. */
    synchronized void check() {
        var path = settings.config();
        if (path == null) {
            return;
        }
        var source = ConfigSource.read(path);
        String mark = source.mark();
        boolean steady = settled == null || mark.equals(seen);
        seen = mark;
        if (steady && !mark.equals(settled) && process(source, path)) {
            settled = mark;
        }
    }

    /** Handles new content. Returns whether it needs no further attempt until the file changes. */
    private boolean process(ConfigSource source, Path path) {
        return switch (source) {
            case ConfigSource.Unreadable unreadable ->
                refused(path, List.of(ConfigProblem.ofFile(unreadable.reason())));
            case ConfigSource.Bytes bytes ->
                switch (reader.read(bytes.bytes())) {
                    case ConfigReading.Invalid invalid -> refused(path, invalid.problems());
                    case ConfigReading.Valid valid -> process(valid, path, bytes.hash());
                };
        };
    }

    private boolean process(ConfigReading.Valid valid, Path path, String hash) {
        try {
            switch (file.mode()) {
                case AUTOMATIC -> apply(valid, path, hash);
                case ASK -> logPendingChanges(valid, path);
            }
            return true;
        } catch (DataAccessException | TransactionException | ConflictException | InvalidInputException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            if (file.recordFailure(reason)) {
                LOG.warn("Could not apply configuration file {}; will retry: {}", path, reason);
            }
            return false;
        }
    }

    private void apply(ConfigReading.Valid valid, Path path, String hash) {
        var changes = file.apply(valid.content(), path, hash, "configuration file");
        LOG.info(
                "Applied configuration file {} ({}): {}",
                path,
                ConfigApplier.shortened(hash),
                changes.isEmpty() ? "no changes" : WatchedFile.words(changes));
    }

    private void logPendingChanges(ConfigReading.Valid valid, Path path) {
        var changes = file.changes(valid.content(), path);
        if (!changes.isEmpty()) {
            LOG.info(
                    "Configuration file {} has pending changes that an administrator must apply (user"
                            + " menu, Configuration file): {}",
                    path,
                    WatchedFile.words(changes));
        }
    }

    private static boolean refused(Path path, List<ConfigProblem> problems) {
        LOG.warn(
                "Configuration file {} is invalid and was not applied: {}{}",
                path,
                String.join(
                        "; ",
                        problems.stream()
                                .limit(PROBLEMS_LOGGED)
                                .map(ConfigProblem::toString)
                                .toList()),
                problems.size() > PROBLEMS_LOGGED ? "; and " + (problems.size() - PROBLEMS_LOGGED) + " more" : "");
        return true;
    }
}
