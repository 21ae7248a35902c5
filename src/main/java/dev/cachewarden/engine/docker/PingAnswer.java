package dev.cachewarden.engine.docker;

import org.jspecify.annotations.Nullable;

/**
 * The headers of {@code /_ping}.
 *
 * @param newest the newest API version that the engine supports
 * @param builder {@code Builder-Version}: 2 offers BuildKit to clients, 1 the classic builder; null if not sent, as by engines up to 20.10
 *     unless configured
 */
public record PingAnswer(ApiVersion newest, @Nullable String builder) {}
