package dev.cachewarden.engine.docker;

/**
 * The fields of {@code /version} that Cachewarden uses.
 *
 * @param engineVersion such as {@code 28.5.2+dfsg4}
 * @param newest the newest API version
 * @param oldest the oldest API version that the engine accepts
 */
public record VersionAnswer(String engineVersion, ApiVersion newest, ApiVersion oldest) {}
