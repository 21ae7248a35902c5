package dev.cachewarden.host;

/** A host was registered or changed by a person. Published after it is stored. */
public record HostSaved(HostId host) {}
