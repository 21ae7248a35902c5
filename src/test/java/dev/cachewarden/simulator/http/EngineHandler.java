package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.grpc.ControlServer;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One connection spoken HTTP/1.1 on. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails to be written closes its connection, which is enough.
final class EngineHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final EngineState engine;
    private final ControlServer control;
    private final Routes routes;
    private final AnswerWriter writer;

    EngineHandler(EngineState engine, ControlServer control) {
        this.engine = engine;
        this.control = control;
        this.routes = new Routes(engine);
        this.writer = new AnswerWriter(engine);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean head = request.method().name().equals("HEAD");
        var kept = request.retain();
        Runnable work = () -> {
            try {
                routes.answer(
                        kept,
                        context.channel(),
                        answer -> context.executor().execute(() -> send(context, answer, head)));
            } finally {
                kept.release();
            }
        };
        var slow = engine.fault(Fault.Slow.class);
        if (slow.isEmpty()) {
            work.run();
        } else {
            context.executor().schedule(work, slow.get().by().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // As a panic in an engine: the connection breaks off. What went wrong stands in the test's log.
        System.getLogger(EngineHandler.class.getName())
                .log(System.Logger.Level.DEBUG, () -> "Simulated engine: connection broke off", cause);
        context.close();
    }

    private void send(ChannelHandlerContext context, Answer answer, boolean head) {
        switch (answer) {
            case Answer.Aborted aborted -> context.close();
            case Answer.Silence silence -> {}
            case Answer.UpgradeToGrpc upgrade -> upgrade(context);
            case Answer.Whole whole -> writer.write(context, whole, head);
            case Answer.Open open -> writer.write(context, open);
            case Answer.Streamed streamed -> writer.write(context, streamed);
        }
    }

    private void upgrade(ChannelHandlerContext context) {
        var switching = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        switching.headers().set(HttpHeaderNames.CONNECTION, "Upgrade").set(HttpHeaderNames.UPGRADE, "h2c");
        context.writeAndFlush(switching);
        var pipeline = context.pipeline();
        for (var handler : List.copyOf(pipeline.toMap().values())) {
            if (handler != this) {
                pipeline.remove(handler);
            }
        }
        pipeline.remove(this);
        control.join(context.channel(), engine, Unpooled.EMPTY_BUFFER);
    }
}
