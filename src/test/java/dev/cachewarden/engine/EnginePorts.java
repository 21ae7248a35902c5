package dev.cachewarden.engine;

import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.host.HostProber;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The ports of {@code engine} as the application wires them, without the rest of it. */
public final class EnginePorts implements AutoCloseable {

    private final AnnotationConfigApplicationContext context;

    private EnginePorts(AnnotationConfigApplicationContext context) {
        this.context = context;
    }

    /**
     * Wires them.
     *
     * @param settings properties such as {@code cachewarden.engine.call-timeout}
     */
    public static EnginePorts open(Map<String, Object> settings) {
        var context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.scan("dev.cachewarden.engine");
        context.refresh();
        return new EnginePorts(context);
    }

    public HostProber prober() {
        return context.getBean(HostProber.class);
    }

    public BuildCacheReader reader() {
        return context.getBean(BuildCacheReader.class);
    }

    public BuilderEvents events() {
        return context.getBean(BuilderEvents.class);
    }

    public BuildHistory history() {
        return context.getBean(BuildHistory.class);
    }

    public BuildCachePruner pruner() {
        return context.getBean(BuildCachePruner.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
