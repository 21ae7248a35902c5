package dev.cachewarden.dashboard.host;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class HostFormController {

    private final HostRegistry registry;
    private final HostProber prober;
    private final DiskProber disks;
    private final AuditTrail trail;

    HostFormController(HostRegistry registry, HostProber prober, DiskProber disks, AuditTrail trail) {
        this.registry = registry;
        this.prober = prober;
        this.disks = disks;
        this.trail = trail;
    }

    @GetMapping("/hosts/new")
    String fresh(Model model) {
        return form(model, null, HostForm.EMPTY);
    }

    @GetMapping("/hosts/{id}/edit")
    String edit(@PathVariable long id, Model model) {
        var host = getEditable(id);
        return form(model, host, HostForm.of(host));
    }

    @PostMapping("/hosts")
    String add(
            HostForm form,
            @RequestParam(defaultValue = "save") String action,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            var draft = form.toInput().toDraft();
            if (action.equals("test")) {
                return tested(model, null, form, draft.connection());
            }
            var host = registry.register(draft);
            trail.record("host.add", host.name(), host.connection().address().text());
            after.addFlashAttribute(
                    "notice", "Host '" + host.name() + "' was added. Its first snapshot follows within seconds.");
            return "redirect:/hosts/" + host.id();
        } catch (InvalidInputException e) {
            return refused(model, null, form, e, response);
        }
    }

    @PostMapping("/hosts/{id}")
    String change(
            @PathVariable long id,
            HostForm form,
            @RequestParam(defaultValue = "save") String action,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var host = get(id);
        try {
            var draft = form.toInput().toDraft();
            if (action.equals("test")) {
                return tested(model, host, form, draft.connection());
            }
            registry.change(host.id(), draft);
            trail.record("host.change", host.name(), null);
            after.addFlashAttribute("notice", "The changes were saved.");
            return "redirect:/hosts/" + id;
        } catch (InvalidInputException e) {
            return refused(model, host, form, e, response);
        }
    }

    @GetMapping("/hosts/{id}/delete")
    String askBeforeDeleting(@PathVariable long id, Model model) {
        model.addAttribute("host", getEditable(id));
        return "dashboard/host-delete";
    }

    @PostMapping("/hosts/{id}/delete")
    String delete(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String confirm,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var host = get(id);
        if (!confirm.strip().equals(host.name())) {
            model.addAttribute("host", host);
            model.addAttribute("wrong", "'" + confirm.strip() + "' is not the name of the host. Nothing was deleted.");
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return "dashboard/host-delete";
        }
        registry.remove(host.id());
        trail.record("host.remove", host.name(), null);
        after.addFlashAttribute(
                "notice", "Host '" + host.name() + "' and its history were deleted. Its cache was not changed.");
        return "redirect:/hosts";
    }

    private String tested(Model model, @Nullable WatchedHost host, HostForm form, HostConnection connection) {
        var result = prober.probe(connection);
        if (result instanceof ProbeResult.Reached reached) {
            model.addAttribute(
                    "disk", disks.measure(connection.freeDiskFrom(), connection.dataRoot(reached.capabilities())));
            model.addAttribute("reached", reached.capabilities());
            model.addAttribute(
                    "twins",
                    registry.withEngine(reached.capabilities().engineId()).stream()
                            .filter(other -> host == null || !other.id().equals(host.id()))
                            .toList());
        } else if (result instanceof ProbeResult.Failed failed) {
            model.addAttribute("problem", failed.problem());
        }
        return form(model, host, form);
    }

    private static String refused(
            Model model,
            @Nullable WatchedHost host,
            HostForm form,
            InvalidInputException refusal,
            HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute(
                "errors",
                refusal.problems().stream()
                        .collect(Collectors.toMap(
                                FieldProblem::field, FieldProblem::reason, (one, other) -> one + " " + other)));
        return form(model, host, form);
    }

    private static String form(Model model, @Nullable WatchedHost host, HostForm form) {
        model.addAttribute("host", host);
        model.addAttribute("form", form);
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
        return "dashboard/host-form";
    }

    private WatchedHost getEditable(long id) {
        var host = get(id);
        if (host.configFile() != null) {
            throw new ConflictException("Host " + host.name() + " comes from the configuration file "
                    + host.configFile() + " and can be changed only there.");
        }
        return host;
    }

    private WatchedHost get(long id) {
        return registry.find(new HostId(id)).orElseThrow(() -> new NotFoundException("There is no host " + id + "."));
    }
}
