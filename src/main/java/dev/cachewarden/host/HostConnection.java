package dev.cachewarden.host;

/**
 * All it takes to reach a host, registered or only tried out.
 *
 * @param name what people call it; used in messages
 * @param kind what is expected to listen there
 * @param address where it listens
 */
public record HostConnection(String name, HostKind kind, HostAddress address) {}
