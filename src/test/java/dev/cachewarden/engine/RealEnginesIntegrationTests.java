package dev.cachewarden.engine;

import dev.cachewarden.engine.EngineUnderTest.Expected;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The contract, run against real engines of three generations, and against one of them behind TLS. */
class RealEnginesIntegrationTests {

    private static final Expected ENGINE_28_5 =
            new Expected("28.5.", "1.51", "v0.25", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, true);

    @Nested
    class Engine2010 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            return RealEngines.named(
                    "20.10",
                    new Expected("20.10.", "1.41", "v0.8", BuildKitUse.ON_REQUEST, ControlAccess.UPGRADE, false));
        }
    }

    @Nested
    class Engine261 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            return RealEngines.named(
                    "26.1", new Expected("26.1.", "1.45", "v0.13", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, false));
        }
    }

    @Nested
    class Engine285 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            return RealEngines.named("28.5", ENGINE_28_5);
        }
    }

    @Nested
    class Engine285BehindTls extends BuildCacheContract {

        private @Nullable TlsFront front;

        @Override
        protected EngineUnderTest engine() {
            var engine = RealEngines.named("28.5", ENGINE_28_5);
            try {
                var tls = new TlsFront(engine.connection().address());
                front = tls;
                return new BehindTls(engine, tls.connection(engine.connection(), TestTls.CLIENT));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @AfterAll
        void closeFront() {
            if (front != null) {
                front.close();
            }
        }
    }

    private record BehindTls(EngineUnderTest engine, HostConnection connection) implements EngineUnderTest {

        @Override
        public Expected expected() {
            return engine.expected();
        }

        @Override
        public void build(BuildRecipe recipe) {
            engine.build(recipe);
        }
    }
}
