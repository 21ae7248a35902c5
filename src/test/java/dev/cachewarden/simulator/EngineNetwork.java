package dev.cachewarden.simulator;

import dev.cachewarden.simulator.grpc.ControlServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The few threads that all simulated engines of a test or a fleet share. */
public final class EngineNetwork implements AutoCloseable {

    private static final int THREADS = 2;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("simulated-engines", true), NioIoHandler.newFactory());
    private final ControlServer control = new ControlServer();

    EventLoopGroup loops() {
        return loops;
    }

    ControlServer control() {
        return control;
    }

    /** Stops everything; engines on it answer no more. */
    @Override
    public void close() {
        control.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
