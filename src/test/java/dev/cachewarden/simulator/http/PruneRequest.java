package dev.cachewarden.simulator.http;

import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.cache.RecordFilter;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.EventLog;
import dev.cachewarden.simulator.state.PruneQueue;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A prune over HTTP: told all at once at the end, and noted in the event log. */
final class PruneRequest implements PruneQueue.Caller {

    private final EngineState engine;
    private final Channel channel;
    private final Consumer<Answer> reply;
    private final List<String> deleted = new ArrayList<>();
    private long reclaimed;

    PruneRequest(EngineState engine, Channel channel, Consumer<Answer> reply) {
        this.engine = engine;
        this.channel = channel;
        this.reply = reply;
    }

    void start(PruneOptions options) {
        try {
            var run = engine.prunes().start(options, this);
            channel.closeFuture().addListener(closed -> run.resume());
        } catch (RecordFilter.SyntaxException e) {
            throw new RefusedException(
                    400,
                    "failed to prune build cache: failed to parse prune filters [" + String.join(" ", options.filters())
                            + "]: " + e.getMessage());
        }
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public boolean disconnected() {
        return !channel.isActive();
    }

    @Override
    public void deleted(RecordView record) {
        deleted.add(record.id());
        reclaimed += record.size();
    }

    @Override
    public void done() {
        engine.events().add(new EventLog.Prune(engine.clock().instant(), reclaimed));
        String ids = deleted.isEmpty() ? "null" : "[\"" + String.join("\",\"", deleted) + "\"]";
        reply.accept(Answer.Whole.json(200, "{\"CachesDeleted\":" + ids + ",\"SpaceReclaimed\":" + reclaimed + "}\n"));
    }

    @Override
    public void cut() {
        reply.accept(new Answer.Aborted());
    }
}
