package dev.cachewarden.engine.docker;

/**
 * What is used of {@code /version}.
 *
 * @param engineVersion such as {@code 28.5.2+dfsg4}
 * @param newest the newest API version
 * @param oldest the oldest API version that the engine still accepts
 */
public record VersionAnswer(String engineVersion, ApiVersion newest, ApiVersion oldest) {}
