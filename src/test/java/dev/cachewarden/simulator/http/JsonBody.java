package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.cache.SimulatedRecord;
import dev.cachewarden.simulator.state.ApiVersion;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault.Lie;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** JSON written while it is sent, a few records at a time, so that a thousand engines can answer at once. */
final class JsonBody implements ChunkedInput<ByteBuf> {

    private static final int CHUNK_CHARS = 16_384;

    private final EngineState engine;
    private final RecordJson format;
    private final Deque<Iterator<String>> parts = new ArrayDeque<>();
    private long sent;

    JsonBody(EngineState engine, ApiVersion api) {
        this.engine = engine;
        this.format = new RecordJson(engine, api);
    }

    JsonBody text(String text) {
        parts.addLast(List.of(text).iterator());
        return this;
    }

    /** An array of records. */
    JsonBody records(List<SimulatedRecord> records) {
        var reported = records;
        if (engine.lies(Lie.REPEATED_IDS)) {
            reported = new ArrayList<>(records);
            reported.addAll(records);
        }
        text("[");
        parts.addLast(new Records(reported));
        return text("]");
    }

    @Override
    public boolean isEndOfInput() {
        while (!parts.isEmpty() && !parts.getFirst().hasNext()) {
            parts.removeFirst();
        }
        return parts.isEmpty();
    }

    @Override
    public ByteBuf readChunk(ByteBufAllocator allocator) {
        var chunk = new StringBuilder();
        while (chunk.length() < CHUNK_CHARS && !isEndOfInput()) {
            chunk.append(parts.getFirst().next());
        }
        if (isEndOfInput()) {
            // Before the end is on its way, so that whoever reads it and asks again finds it so.
            engine.cache().wasRead();
        }
        var bytes = ByteBufUtil.writeUtf8(allocator, chunk);
        sent += bytes.readableBytes();
        return bytes;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // Netty's own deprecation.
    public ByteBuf readChunk(ChannelHandlerContext context) {
        return readChunk(context.alloc());
    }

    @Override
    public void close() {
        parts.clear();
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public long progress() {
        return sent;
    }

    private final class Records implements Iterator<String> {

        private final List<SimulatedRecord> records;
        private int at;

        Records(List<SimulatedRecord> records) {
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            return at < records.size();
        }

        @Override
        public String next() {
            var json = new StringBuilder();
            if (at > 0) {
                json.append(',');
            }
            format.append(json, engine.cache().view(records.get(at++)));
            return json.toString();
        }
    }
}
