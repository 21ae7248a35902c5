package dev.cachewarden.simulator;

import dev.cachewarden.engine.BuildCacheContract;
import dev.cachewarden.engine.BuildRecipe;
import dev.cachewarden.engine.EngineUnderTest;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.simulator.cache.BuildSpec;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract that real engines keep, kept by simulated ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedEnginesTests {

    @TempDir
    static Path directory;

    private final EngineNetwork network = new EngineNetwork();

    @AfterAll
    void close() {
        network.close();
    }

    @Nested
    class Engine2010 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            var expected = new EngineUnderTest.Expected(
                    "20.10.", "1.41", "v0.8", BuildKitUse.ON_REQUEST, ControlAccess.UPGRADE, false);
            return onTcp(EngineGeneration.ENGINE_20_10, expected);
        }
    }

    @Nested
    class Engine261 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            var expected = new EngineUnderTest.Expected(
                    "26.1.", "1.45", "v0.13", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, false);
            return onTcp(EngineGeneration.ENGINE_26_1, expected);
        }
    }

    @Nested
    class Engine285 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            var expected = new EngineUnderTest.Expected(
                    "28.5.", "1.51", "v0.25", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, true);
            return onTcp(EngineGeneration.ENGINE_28_5, expected);
        }
    }

    @Nested
    class Engine297 extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            var expected = new EngineUnderTest.Expected(
                    "29.7.", "1.55", "v0.32", BuildKitUse.DEFAULT, ControlAccess.NATIVE, true);
            return onTcp(EngineGeneration.ENGINE_29_7, expected);
        }
    }

    @Nested
    class Engine285OnASocket extends BuildCacheContract {
        @Override
        protected EngineUnderTest engine() {
            var expected = new EngineUnderTest.Expected(
                    "28.5.", "1.51", "v0.25", BuildKitUse.DEFAULT, ControlAccess.UPGRADE, true);
            return new Simulated(
                    SimulatedEngine.onSocket(
                            network,
                            EngineGeneration.ENGINE_28_5,
                            285,
                            InstantSource.system(),
                            directory.resolve("docker.sock")),
                    expected);
        }
    }

    private EngineUnderTest onTcp(EngineGeneration generation, EngineUnderTest.Expected expected) {
        var engine = SimulatedEngine.onTcp(network, generation, generation.api().minor(), InstantSource.system());
        return new Simulated(engine, expected);
    }

    private record Simulated(SimulatedEngine engine, Expected expected) implements EngineUnderTest {

        @Override
        public HostConnection connection() {
            return new HostConnection(
                    "simulated " + engine.generation().version(), HostKind.DOCKER_ENGINE, engine.address());
        }

        @Override
        public void build(BuildRecipe recipe) {
            engine.build(steps(recipe));
        }

        private static BuildSpec steps(BuildRecipe recipe) {
            String token = recipe.token();
            var steps =
                    BuildSpec.builder().source("context", 2_000_000).copy("[base 1/2] COPY busybox /bin/sh", 2_000_000);
            steps.content(token.hashCode()).run("echo " + token + "-base > /base", 20);
            int base = steps.mark();
            for (int n = 0; n < recipe.siblings(); n++) {
                steps.stage(base).copy("[sibling" + n + " 1/1] COPY s" + n + " /s" + n, BuildRecipe.SIBLING_BYTES);
            }
            steps.stage(base);
            for (int n = 0; n < recipe.links(); n++) {
                steps.run("echo " + token + "-link-" + n + ". > /link" + n, 24);
            }
            steps.stage(base);
            String last = "echo " + token + "-last > /last";
            for (String name : recipe.mounts()) {
                steps.cacheMount(last, "/cache/" + token + "-" + name, 7);
            }
            return steps.run(last, 20).build();
        }
    }
}
