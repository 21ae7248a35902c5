package dev.cachewarden.dashboard.host;

import dev.cachewarden.plan.preview.CacheMounts;
import dev.cachewarden.plan.preview.CacheMounts.Found;
import dev.cachewarden.plan.preview.MountView;
import dev.cachewarden.plan.preview.MountView.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class MountListController {

    private static final int PAGE = 50;
    private static final int HOSTS_PAGE = 100;

    private final CacheMounts mounts;

    MountListController(CacheMounts mounts) {
        this.mounts = mounts;
    }

    /**
     * The list.
     *
     * @param shown mounts of this page
     * @param page number of this page, from 1
     */
    record MountListView(String q, Found found, List<MountView> shown, int page, int pages) {

        /** Returns the largest mount, which determines the scale of the bars. The list must not be empty. */
        public MountView largest() {
            return found.mounts().getFirst();
        }
    }

    /**
     * One mount on all its hosts.
     *
     * @param mount mount, or null if no mount has this ID
     * @param shown places of this page
     * @param page number of this page, from 1
     */
    record MountHostsView(String id, @Nullable MountView mount, List<Place> shown, int page, int pages) {}

    @GetMapping("/mounts")
    String mounts(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "1") int page, Model model) {
        var text = q.strip();
        var found = mounts.find(text);
        var all = found.mounts();
        int current = Math.clamp(page, 1, pages(all.size(), PAGE));
        model.addAttribute(
                "view", new MountListView(text, found, part(all, current, PAGE), current, pages(all.size(), PAGE)));
        return "dashboard/mounts";
    }

    /** Shows one page of the hosts with a mount, because there can be many of them. */
    @GetMapping("/mounts/hosts")
    String hosts(@RequestParam(defaultValue = "") String id, @RequestParam(defaultValue = "1") int page, Model model) {
        var mount = mounts.find("").mounts().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
        var all = mount == null ? List.<Place>of() : mount.places();
        int current = Math.clamp(page, 1, pages(all.size(), HOSTS_PAGE));
        model.addAttribute(
                "view",
                new MountHostsView(id, mount, part(all, current, HOSTS_PAGE), current, pages(all.size(), HOSTS_PAGE)));
        return "dashboard/mount-hosts";
    }

    private static int pages(int items, int each) {
        return Math.max(1, (items + each - 1) / each);
    }

    private static <T> List<T> part(List<T> all, int page, int each) {
        return all.stream().skip((page - 1L) * each).limit(each).toList();
    }
}
