package dev.cachewarden.host.registry;

import dev.cachewarden.host.ConfiguredHosts;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import org.springframework.stereotype.Component;

/** Stores hosts of a configuration file among the other hosts. */
@Component
class FileHosts implements ConfiguredHosts {

    private final HostBook book;

    FileHosts(HostBook book) {
        this.book = book;
    }

    @Override
    public WatchedHost add(HostDraft draft, String file) {
        check(draft);
        book.checkNameIsFree(draft.connection().name());
        return ProbingHostRegistry.saving(draft, () -> book.addFrom(file, draft));
    }

    @Override
    public WatchedHost change(HostId id, HostDraft draft, String file) {
        check(draft);
        book.checkNameIsFree(draft.connection().name(), id);
        return ProbingHostRegistry.saving(draft, () -> book.reviseFrom(file, id, draft));
    }

    @Override
    public void release(HostId id) {
        book.release(id);
    }

    private static void check(HostDraft draft) {
        var problems = draft.problems();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
