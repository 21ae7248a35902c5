package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.CacheMount;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.plan.preview.PruneForecasts;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Controller
class RecordPageController {

    private static final int USES = 50;
    private static final int CHILDREN = 50;

    private final HostRegistry registry;
    private final UsageHistory history;
    private final PruneForecasts forecasts;
    private final Pins pins;

    RecordPageController(HostRegistry registry, UsageHistory history, PruneForecasts forecasts, Pins pins) {
        this.registry = registry;
        this.history = history;
        this.forecasts = forecasts;
        this.pins = pins;
    }

    /** A parent of the record, which may be deleted or unknown. */
    record Relative(String id, @Nullable CacheRecord record) {}

    @GetMapping("/records/{builder}/{recordId}")
    String record(@PathVariable long builder, @PathVariable String recordId, Model model) {
        var id = new BuilderId(builder);
        var host = registry.ofBuilder(id)
                .orElseThrow(() -> new NotFoundException("Builder " + builder + " does not exist."));
        var life = history.record(id, recordId)
                .orElseThrow(() -> new NotFoundException(
                        "Cachewarden has never seen record '" + recordId + "' on host " + host.name() + "."));
        var snapshot = history.snapshot(id);
        Map<String, CacheRecord> present = snapshot.stream()
                .flatMap(reading -> reading.records().stream())
                .collect(Collectors.toMap(CacheRecord::id, Function.identity(), (one, other) -> one));
        var children = present.values().stream()
                .filter(record -> record.parents().contains(recordId))
                .sorted(Comparator.comparing(CacheRecord::size).reversed())
                .toList();
        model.addAttribute("host", host);
        model.addAttribute("life", life);
        model.addAttribute("record", life.record());
        model.addAttribute(
                "parents",
                life.record().parents().stream()
                        .map(parent -> new Relative(parent, present.get(parent)))
                        .toList());
        model.addAttribute("children", children.stream().limit(CHILDREN).toList());
        model.addAttribute("childCount", children.size());
        var pin = pins.active().on(host, null).stream()
                .filter(held -> held.predicate().test(life.record()))
                .findFirst()
                .orElse(null);
        model.addAttribute("pin", pin);
        model.addAttribute(
                "mountId", CacheMount.of(life.record()).map(CacheMount::id).orElse(null));
        model.addAttribute("state", state(life, children.size(), pin));
        model.addAttribute("status", status(life, children, pin));
        model.addAttribute(
                "forecasts",
                snapshot.map(reading -> forecasts.of(host, reading, recordId)).orElse(List.of()));
        model.addAttribute("uses", history.uses(id, recordId, USES));
        return "dashboard/record";
    }

    /** Returns the state. Obstacles are checked in the order of their priority, so that the state never contradicts the status. */
    private static String state(RecordLife life, int children, @Nullable Filter pin) {
        var record = life.record();
        if (life.missingSince() != null) {
            return "Deleted";
        }
        if (record.inUse()) {
            return "In use";
        }
        if (pin != null) {
            return "Pinned";
        }
        if (record.shared()) {
            return "Shared with an image";
        }
        return children == 0 ? "Reclaimable" : "Has " + (children == 1 ? "1 child" : children + " children");
    }

    /** Returns a sentence that states whether the record can be deleted now, and otherwise the reason why not. */
    private static String status(RecordLife life, List<CacheRecord> children, @Nullable Filter pin) {
        var record = life.record();
        if (life.missingSince() != null) {
            return "This record no longer exists.";
        }
        if (record.inUse()) {
            return "This record cannot be deleted now, because a running build uses it or one of its children.";
        }
        if (pin != null) {
            return "This record cannot be deleted, because the pin " + pin + " protects it.";
        }
        if (record.shared()) {
            return "The deletion of this record would free no space, because an image shares its data.";
        }
        if (!children.isEmpty()) {
            return children.size() == 1
                    ? "This record can be deleted only after its child."
                    : "This record can be deleted only after its " + children.size() + " children.";
        }
        return record.type().prunedOnlyOnRequest()
                ? "This record can be deleted only by a rule that names the type " + record.type()
                        + " or includes internal records."
                : "This record can be deleted, and its deletion frees " + record.size() + ".";
    }
}
