package dev.cachewarden.build.held;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.step.RecordInstruction;
import dev.cachewarden.build.step.StepClass;
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

/** Tells how much of the caches the steps of a class fill now, with all that is kept of them: also what earlier builds made. */
@Component
public class ClassSizes {

    /** Different steps, and instructions, some 400 bytes each; of more steps, those built last. */
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
     * What steps of one class fill.
     *
     * @param size of their records, each counted once; null: none is known
     * @param known how many different steps have a record
     * @param steps how many different ones there are
     */
    public record ClassSize(@Nullable ByteSize size, int known, int steps) {}

    /** By class, of the steps of a filter's builds, in the caches of the engines that built them. */
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

    /** Engines that build the same have records of the same descriptions. */
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

    /** Records that steps of two classes may have made count in both. */
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
