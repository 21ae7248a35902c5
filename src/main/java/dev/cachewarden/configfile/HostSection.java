package dev.cachewarden.configfile;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostInput;
import dev.cachewarden.rest.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads a host of the file, with the keys and checks of the REST API. */
final class HostSection {

    private HostSection() {}

    /** Returns a host, or null if it is invalid; then records the errors. */
    static @Nullable HostDraft read(Section section, Findings findings) {
        int before = findings.count();
        var input = new HostInput(
                section.text("name"),
                section.text("kind"),
                section.text("address"),
                tls(section.section("tls")),
                section.words("labels"),
                section.quantity("pollInterval"),
                section.flag("enabled"),
                section.text("freeDiskFrom"),
                section.text("freeDiskKey"));
        section.end();
        if (findings.count() > before) {
            return null;
        }
        try {
            return input.toDraft();
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> findings.add(section.inside(problem.field()), problem.reason()));
            return null;
        }
    }

    private static HostInput.@Nullable Tls tls(@Nullable Section section) {
        if (section == null) {
            return null;
        }
        var tls = new HostInput.Tls(section.text("ca"), section.text("certificate"), section.text("key"));
        section.end();
        return tls;
    }
}
