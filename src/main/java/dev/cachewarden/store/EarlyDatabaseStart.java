package dev.cachewarden.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the embedded PostgreSQL in parallel with the start of Spring. Unpacking it and creating its first database takes seconds. Use it
 * only in the application's main method: a test context might never use the database.
 */
public final class EarlyDatabaseStart implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        if (EmbeddedStore.isNeeded(context.getEnvironment())) {
            var settings = Binder.get(context.getEnvironment()).bindOrCreate("cachewarden.store", StoreSettings.class);
            var starting = new Starting(settings);
            var beans = context.getDefaultListableBeanFactory();
            beans.registerSingleton("startingEmbeddedServer", starting);
            // Spring also calls destroy() when the application fails to start.
            beans.registerDisposableBean("startingEmbeddedServer", starting);
        }
    }

    /** An embedded server that is starting in the background. */
    static final class Starting implements DisposableBean {

        private final CompletableFuture<EmbeddedServer> server;
        private final AtomicBoolean taken = new AtomicBoolean();

        private Starting(StoreSettings settings) {
            this.server = CompletableFuture.supplyAsync(
                    () -> EmbeddedServer.start(settings.directory()),
                    task -> Thread.ofPlatform()
                            .name("embedded-postgres")
                            .daemon()
                            .start(task));
        }

        /**
         * Waits for the server. The caller must close it.
         *
         * @throws StoreUnavailableException if the server could not start
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
