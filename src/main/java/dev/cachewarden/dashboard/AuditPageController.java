package dev.cachewarden.dashboard;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.AuditTrail.Selection;
import dev.cachewarden.rest.list.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class AuditPageController {

    private static final int PAGE = 100;
    private static final int ROWS_AT_A_TIME = 500;

    private final AuditTrail trail;

    AuditPageController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping("/audit")
    String page(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        model.addAttribute("page", trail.entries(selection(actor, kind), after, PAGE));
        model.addAttribute("first", after == null);
        model.addAttribute("actor", actor.strip());
        model.addAttribute("kind", kind.strip());
        model.addAttribute("actors", trail.actors());
        model.addAttribute("kinds", trail.kinds());
        return "dashboard/audit";
    }

    /** Writes all selected entries, newest first. */
    @GetMapping(path = "/audit", params = "format=csv")
    void csv(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String kind,
            HttpServletResponse response)
            throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-log.csv\"");
        var csv =
                new CsvWriter(response.getWriter(), "time", "actor", "via", "address", "action", "resource", "detail");
        String after = null;
        do {
            var part = trail.entries(selection(actor, kind), after, ROWS_AT_A_TIME);
            part.items()
                    .forEach(entry -> csv.row(
                            entry.at(),
                            entry.actor(),
                            entry.via(),
                            entry.address(),
                            entry.action(),
                            entry.subject(),
                            entry.detail()));
            after = part.next();
        } while (after != null);
    }

    private static Selection selection(String actor, String kind) {
        return new Selection(blankToNull(actor), blankToNull(kind));
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
