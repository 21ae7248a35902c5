package dev.cachewarden.plan;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.WatchedHost;

/** A builder to plan for. Its host may be pruned, and its engine is known. */
public record Target(WatchedHost host, Builder builder, String engineId) {

    String name() {
        return host.name();
    }
}
