package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts answers on the wire, with an engine's headers; whole, or as its faults have it. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written closes its connection, which is enough.
final class AnswerWriter {

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final EngineState engine;

    AnswerWriter(EngineState engine) {
        this.engine = engine;
    }

    void write(ChannelHandlerContext context, Answer.Whole answer, boolean head) {
        if (spoiled(context, answer, answer.contentType())) {
            return;
        }
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        fill(response.headers(), answer.contentType(), answer.headers());
        if (answer.status() == HttpResponseStatus.NOT_FOUND.code()) {
            // Refused by the router, before anything adds headers.
            response.headers()
                    .remove("Api-Version")
                    .remove("Docker-Experimental")
                    .remove("Ostype")
                    .remove("Server");
        }
        HttpUtil.setContentLength(response, body.length);
        context.writeAndFlush(response);
    }

    void write(ChannelHandlerContext context, Answer.Streamed answer) {
        if (spoiled(context, answer, answer.contentType())) {
            return;
        }
        context.write(start(answer.contentType()));
        context.writeAndFlush(new HttpChunkedInput(answer.body()));
    }

    void write(ChannelHandlerContext context, Answer.Open answer) {
        context.write(start(answer.contentType()));
        context.writeAndFlush(
                new DefaultHttpContent(Unpooled.copiedBuffer(answer.beginning(), StandardCharsets.UTF_8)));
    }

    private boolean spoiled(ChannelHandlerContext context, Answer answer, String contentType) {
        var cut = engine.fault(Fault.CutBody.class);
        var trickling = engine.fault(Fault.Trickling.class);
        if (cut.isEmpty() && trickling.isEmpty()) {
            return false;
        }
        try {
            var body = FaultyAnswers.whole(answer);
            if (cut.isPresent() && body.readableBytes() > cut.get().afterBytes()) {
                context.write(start(contentType));
                var part = body.readSlice(cut.get().afterBytes());
                context.writeAndFlush(new DefaultHttpContent(part)).addListener(written -> context.close());
                return true;
            }
            if (trickling.isPresent()) {
                context.write(start(contentType));
                trickle(context, body, trickling.get());
                return true;
            }
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void trickle(ChannelHandlerContext context, ByteBuf body, Fault.Trickling fault) {
        if (!body.isReadable()) {
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        var drop = body.readRetainedSlice(Math.min(fault.bytes(), body.readableBytes()));
        context.writeAndFlush(new DefaultHttpContent(drop)).addListener(written -> {
            if (written.isSuccess()) {
                context.executor()
                        .schedule(
                                () -> trickle(context, body, fault),
                                fault.pause().toNanos(),
                                TimeUnit.NANOSECONDS);
            }
        });
    }

    private DefaultHttpResponse start(String contentType) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        fill(response.headers(), contentType, Map.of());
        HttpUtil.setTransferEncodingChunked(response, true);
        return response;
    }

    private void fill(HttpHeaders headers, String contentType, Map<String, String> more) {
        var generation = engine.generation();
        boolean foreign = more.containsKey("Server");
        if (!foreign) {
            headers.set("Api-Version", generation.api())
                    .set("Docker-Experimental", "false")
                    .set("Ostype", "linux")
                    .set(HttpHeaderNames.SERVER, "Docker/" + generation.version() + " (linux)");
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.DATE, DATE.format(engine.clock().instant()));
        more.forEach(headers::set);
    }
}
