package dev.cachewarden.host;

/** Published after a host was registered or changed and stored. */
public record HostSaved(HostId host) {}
