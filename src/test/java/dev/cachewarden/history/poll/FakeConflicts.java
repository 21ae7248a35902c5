package dev.cachewarden.history.poll;

import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conflicts in memory, of one engine. */
final class FakeConflicts implements EngineConflicts {

    final Set<HostId> sameEngine = new HashSet<>();

    @Nullable
    String evidence;

    @Override
    public Set<HostId> others(String engineId, HostId host) {
        var others = new HashSet<>(sameEngine);
        others.remove(host);
        return others;
    }

    @Override
    public Optional<String> open(String engineId) {
        return Optional.ofNullable(evidence);
    }

    @Override
    public void report(String engineId, Set<HostId> hosts, String evidence) {
        this.evidence = evidence;
    }

    @Override
    public void confirmSame(HostId host, String by) {
        evidence = null;
    }
}
