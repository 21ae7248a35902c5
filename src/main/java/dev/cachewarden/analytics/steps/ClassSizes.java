package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The cache usage of the steps of each class. It includes all stored results, even of earlier builds. */
@Component
public class ClassSizes {

    /**
     * The maximum number of distinct steps, and of distinct instructions. Each takes some 400 bytes. If there are more steps, the latest
     * built ones count.
     */
    private static final int MOST = 50_000;

    private final ClassSteps steps;
    private final HostRegistry hosts;
    private final EngineReadings readings;

    ClassSizes(ClassSteps steps, HostRegistry hosts, EngineReadings readings) {
        this.steps = steps;
        this.hosts = hosts;
        this.readings = readings;
    }

    /**
     * The cache usage of the steps of one class.
     *
     * @param size total size of their records, each counted once, or null if no record is known
     * @param known number of distinct steps with a record
     * @param steps number of distinct steps
     */
    public record ClassSize(@Nullable ByteSize size, int known, int steps) {}

    /** Returns the usage by class, for the steps of a filter's builds and the caches of the engines that built them. */
    public Map<StepClass, ClassSize> of(BuildFilter filter) {
        var sums = new EnumMap<StepClass, Sum>(StepClass.class);
        var byEngine = new HashMap<Set<BuilderId>, InstructionIndex<ClassSteps.Step>>();
        var engines = hosts.buildersByEngine();
        for (var step : steps.of(filter, MOST)) {
            sums.computeIfAbsent(step.stepClass(), any -> new Sum()).all.add(step.identity());
            step.builders().stream()
                    .map(builder -> engines.getOrDefault(builder, Set.of(builder)))
                    .distinct()
                    .forEach(engine -> byEngine.computeIfAbsent(engine, any -> new InstructionIndex<>())
                            .add(step.kind(), step.text(), step));
        }
        var read = new HashMap<String, RecordInstruction>();
        byEngine.forEach((engine, index) -> readings.byDescription(engine)
                .forEach((description, amount) -> add(index.of(instruction(description, read)), amount, sums)));
        var sizes = new EnumMap<StepClass, ClassSize>(StepClass.class);
        sums.forEach((stepClass, sum) -> sizes.put(stepClass, sum.size()));
        return sizes;
    }

    /** Parses a description, or returns the stored result. Engines with the same builds have records with the same descriptions. */
    private static RecordInstruction instruction(String description, Map<String, RecordInstruction> read) {
        var known = read.get(description);
        if (known == null) {
            known = RecordInstruction.of(description);
            if (read.size() < MOST) {
                read.put(description, known);
            }
        }
        return known;
    }

    /** Adds the size of a record. If steps of two classes may have created it, it counts in both. */
    private static void add(List<ClassSteps.Step> made, Amount amount, Map<StepClass, Sum> sums) {
        var counted = EnumSet.noneOf(StepClass.class);
        for (var step : made) {
            var sum = sums.get(step.stepClass());
            if (sum != null) {
                sum.known.add(step.identity());
                if (counted.add(step.stepClass())) {
                    sum.bytes = sum.bytes.plus(amount.size());
                }
            }
        }
    }

    private static final class Sum {
        private final Set<String> all = new HashSet<>();
        private final Set<String> known = new HashSet<>();
        private ByteSize bytes = ByteSize.ZERO;

        ClassSize size() {
            return new ClassSize(known.isEmpty() ? null : bytes, known.size(), all.size());
        }
    }
}
