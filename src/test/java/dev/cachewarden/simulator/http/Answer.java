package dev.cachewarden.simulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.stream.ChunkedInput;
import java.util.Map;

/** What an engine answers to one request. */
sealed interface Answer {

    /**
     * A body known as a whole.
     *
     * @param headers beyond those of every answer
     */
    record Whole(int status, String contentType, String body, Map<String, String> headers) implements Answer {
        static Whole json(int status, String json) {
            return new Whole(status, "application/json", json, Map.of());
        }
    }

    /** A body made while it is sent. */
    record Streamed(String contentType, ChunkedInput<ByteBuf> body) implements Answer {}

    /** The beginning of a body that never ends. */
    record Open(String contentType, String beginning) implements Answer {}

    /** No answer: the connection is closed, as by a panic in the engine. */
    record Aborted() implements Answer {}

    /** No answer, ever. */
    record Silence() implements Answer {}

    /** The connection turns to HTTP/2. */
    record UpgradeToGrpc() implements Answer {}
}
