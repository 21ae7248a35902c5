package dev.cachewarden.engine;

import dev.cachewarden.engine.EngineUnderTest.Expected;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import org.junit.jupiter.api.Nested;

/** The contract, run against real engines of three generations. */
class RealEnginesIntegrationTests {

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
            return RealEngines.named(
                    "28.5", new Expected("28.5.", "1.51", "v0.25", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, true));
        }
    }
}
