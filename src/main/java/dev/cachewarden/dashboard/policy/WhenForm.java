package dev.cachewarden.dashboard.policy;

import dev.cachewarden.dashboard.run.Typed;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.Triggers;
import dev.cachewarden.policy.Watermark;
import org.springframework.util.MultiValueMap;

/** The triggers of a policy, as entered in the form. */
record WhenForm(
        String cron,
        String timeZone,
        String watermarkOf,
        String watermarkStart,
        String watermarkStop,
        boolean afterBuilds,
        String window) {

    static WhenForm cron(String cron) {
        return new WhenForm(cron, "UTC", "", "", "", false, "");
    }

    static WhenForm of(Triggers triggers) {
        var watermark = triggers.watermark();
        return new WhenForm(
                triggers.cron() == null ? "" : triggers.cron(),
                triggers.timeZone().getId(),
                watermark == null ? "" : watermark.of().name(),
                Typed.space(watermark == null ? null : watermark.start()),
                Typed.space(watermark == null ? null : watermark.stop()),
                triggers.afterBuilds(),
                triggers.window() == null ? "" : triggers.window().toString());
    }

    static WhenForm read(MultiValueMap<String, String> typed) {
        return new WhenForm(
                Typed.text(typed, "cron"),
                Typed.text(typed, "timeZone"),
                Typed.text(typed, "watermarkOf"),
                Typed.text(typed, "watermarkStart"),
                Typed.text(typed, "watermarkStop"),
                typed.containsKey("afterBuilds"),
                Typed.text(typed, "window"));
    }

    public boolean ofDisk() {
        return watermarkOf.equals(Watermark.Of.FREE_DISK.name());
    }

    PolicyDocument.Watermark watermark() {
        return new PolicyDocument.Watermark(watermarkOf, watermarkStart, watermarkStop);
    }
}
