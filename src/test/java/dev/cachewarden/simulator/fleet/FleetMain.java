package dev.cachewarden.simulator.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * A fleet in a JVM of its own, for benchmarks that measure the memory of the service alone: {@code FleetMain ENGINES RECORDS
 * FILE}. Writes {@code NAME ADDRESS} for each engine to the file once all listen, and runs until it is ended.
 */
final class FleetMain {

    private static final long SEED = 1;

    // Not static: spring-boot:test-run takes a static one for the demo's, and then finds two.
    void main(String[] args) throws IOException, InterruptedException {
        var fleet = SimulatedFleet.start(
                Integer.parseInt(args[0]), Integer.parseInt(args[1]), SEED, InstantSource.system());
        var file = Path.of(args[2]);
        // Whoever waits for the file finds it whole.
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(
                part,
                fleet.members().stream()
                        .map(member ->
                                member.name() + " " + member.engine().address().text())
                        .toList());
        Files.move(part, file);
        new CountDownLatch(1).await();
    }
}
