package dev.cachewarden.dashboard.settings;

import dev.cachewarden.access.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class AuditPageController {

    private static final int PAGE = 100;

    private final AuditTrail trail;

    AuditPageController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping("/audit")
    String page(@RequestParam(required = false) @Nullable String after, Model model) {
        model.addAttribute("page", trail.entries(after, PAGE));
        model.addAttribute("first", after == null);
        return "dashboard/audit";
    }
}
