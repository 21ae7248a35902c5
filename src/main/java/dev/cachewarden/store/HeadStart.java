package dev.cachewarden.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the embedded PostgreSQL before anything asks for it, while Spring is still looking around: to unpack it and to make its first
 * database takes seconds. To be given to the application's main method only; a context of tests may never come to ask.
 */
public final class HeadStart implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        if (EmbeddedStore.isNeeded(context.getEnvironment())) {
            var settings = Binder.get(context.getEnvironment()).bindOrCreate("cachewarden.store", StoreSettings.class);
            var starting = new Starting(settings);
            var beans = context.getDefaultListableBeanFactory();
            beans.registerSingleton("startingEmbeddedServer", starting);
            // Also called when the application fails to start.
            beans.registerDisposableBean("startingEmbeddedServer", starting);
        }
    }

    /** A server that is on its way. */
    static final class Starting implements DisposableBean {

        private final CompletableFuture<EmbeddedServer> server;
        private final AtomicBoolean taken = new AtomicBoolean();

        private Starting(StoreSettings settings) {
            this.server = new CompletableFuture<>();
            Thread.ofPlatform().name("embedded-postgres").daemon().start(() -> {
                try {
                    server.complete(EmbeddedServer.start(settings.directory()));
                } catch (Throwable e) {
                    server.completeExceptionally(e);
                }
            });
        }

        /**
         * Waits for it; whoever takes it closes it.
         *
         * @throws StoreUnavailableException if it could not be started
         */
        EmbeddedServer take() {
            taken.set(true);
            try {
                return server.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }

        @Override
        public void destroy() {
            if (!taken.getAndSet(true)) {
                server.handle((started, failure) -> {
                            if (started != null) {
                                started.closeQuietly();
                            }
                            return null;
                        })
                        .join();
            }
        }
    }
}
