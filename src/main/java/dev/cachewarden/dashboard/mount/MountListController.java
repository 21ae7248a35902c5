package dev.cachewarden.dashboard.mount;

import dev.cachewarden.prune.mount.CacheMounts;
import dev.cachewarden.prune.mount.CacheMounts.Found;
import dev.cachewarden.prune.mount.MountView;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class MountListController {

    private static final int PAGE = 50;

    private final CacheMounts mounts;

    MountListController(CacheMounts mounts) {
        this.mounts = mounts;
    }

    /**
     * The list.
     *
     * @param shown the mounts of this page
     * @param page from 1
     */
    record MountListView(String q, Found found, List<MountView> shown, int page, int pages) {

        /** The largest of all, which bars are drawn against; only where there is one. */
        public MountView largest() {
            return found.mounts().getFirst();
        }
    }

    @GetMapping("/mounts")
    String mounts(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "1") int page, Model model) {
        var text = q.strip();
        var found = mounts.find(text);
        var all = found.mounts();
        int pages = Math.max(1, (all.size() + PAGE - 1) / PAGE);
        int current = Math.clamp(page, 1, pages);
        var shown = all.stream().skip((current - 1L) * PAGE).limit(PAGE).toList();
        model.addAttribute("view", new MountListView(text, found, shown, current, pages));
        return "dashboard/mounts";
    }
}
