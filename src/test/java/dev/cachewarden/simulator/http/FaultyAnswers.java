package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.stream.ChunkedStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What broken engines answer in place of an answer. */
final class FaultyAnswers {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String PAGE =
            "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><h1>It works</h1></body></html>\n";

    private static final int HUGE_CHUNK = 1 << 16;

    private FaultyAnswers() {}

    /** Null where nothing is wrong with this one. */
    static @Nullable Answer of(EngineState engine, String route) {
        if (engine.hangsAt(route)) {
            return new Answer.Silence();
        }
        var foreign = engine.fault(Fault.NotAnEngine.class);
        if (foreign.isPresent()) {
            return new Answer.Whole(foreign.get().status(), HTML, PAGE, Map.of("Server", "nginx"));
        }
        var refusing = engine.fault(Fault.Refusing.class).filter(fault -> route.contains(fault.path()));
        if (refusing.isPresent()) {
            return Answer.Whole.json(
                    refusing.get().status(), Json.message(refusing.get().message()));
        }
        if (engine.fault(Fault.HtmlInstead.class)
                .filter(fault -> route.contains(fault.path()))
                .isPresent()) {
            return new Answer.Whole(200, HTML, PAGE, Map.of());
        }
        var huge = engine.fault(Fault.Huge.class).filter(fault -> route.endsWith("/system/df"));
        return huge.isPresent() ? huge(huge.get().bytes()) : null;
    }

    private static Answer huge(long bytes) {
        return new Answer.Streamed("application/json", new ChunkedStream(new EndlessRecords(bytes), HUGE_CHUNK));
    }

    /** All of a body at once, for what is done to bodies byte by byte. */
    static ByteBuf whole(Answer answer) throws Exception {
        return switch (answer) {
            case Answer.Whole whole -> Unpooled.copiedBuffer(whole.body(), StandardCharsets.UTF_8);
            case Answer.Open open -> Unpooled.copiedBuffer(open.beginning(), StandardCharsets.UTF_8);
            case Answer.Streamed streamed -> {
                var all = Unpooled.buffer();
                while (!streamed.body().isEndOfInput()) {
                    var chunk = streamed.body().readChunk(UnpooledByteBufAllocator.DEFAULT);
                    all.writeBytes(chunk);
                    chunk.release();
                }
                yield all;
            }
            case Answer.Aborted aborted -> Unpooled.EMPTY_BUFFER;
            case Answer.Silence silence -> Unpooled.EMPTY_BUFFER;
            case Answer.UpgradeToGrpc upgrade -> Unpooled.EMPTY_BUFFER;
        };
    }
}
