package dev.cachewarden.dashboard;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.notify.store.ChannelTrial;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.notify.store.Channels;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of channels. A form never contains a stored secret: an empty field keeps it. */
@Controller
class ChannelPageController {

    private final Channels channels;
    private final ChannelTrial trial;
    private final AuditTrail trail;

    ChannelPageController(Channels channels, ChannelTrial trial, AuditTrail trail) {
        this.channels = channels;
        this.trial = trial;
        this.trail = trail;
    }

    @GetMapping("/settings/channels")
    String list(Model model) {
        model.addAttribute("channels", channels.all());
        model.addAttribute("types", ChannelType.values());
        return "dashboard/channels";
    }

    @GetMapping("/settings/channels/new")
    String fresh(@RequestParam ChannelType type, Model model) {
        return form(model, null, ChannelForm.empty(type));
    }

    @GetMapping("/settings/channels/{id}")
    String edit(@PathVariable long id, Model model) {
        var channel = channels.get(id);
        return form(model, channel, ChannelForm.of(channel));
    }

    @PostMapping("/settings/channels")
    String add(
            @RequestParam MultiValueMap<String, String> sent,
            Principal caller,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var form = ChannelForm.sent(sent);
        try {
            var channel = channels.add(form.input(), caller.getName());
            trail.record("channel.add", channel.name(), channel.type().label());
            after.addFlashAttribute("notice", "Channel '" + channel.name() + "' added.");
            return "redirect:/settings/channels";
        } catch (InvalidInputException e) {
            return refused(model, null, form, e, response);
        }
    }

    @PostMapping("/settings/channels/{id}")
    String change(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            Principal caller,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var form = ChannelForm.sent(sent);
        try {
            var channel = channels.change(id, form.input(), caller.getName());
            trail.record("channel.change", channel.name(), null);
            after.addFlashAttribute("notice", "Channel '" + channel.name() + "' saved.");
            return "redirect:/settings/channels";
        } catch (InvalidInputException e) {
            return refused(model, channels.get(id), form, e, response);
        }
    }

    @PostMapping("/settings/channels/test")
    String testNew(@RequestParam MultiValueMap<String, String> sent, Model model, HttpServletResponse response) {
        return tested(null, ChannelForm.sent(sent), model, response);
    }

    @PostMapping("/settings/channels/{id}/test")
    String test(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            HttpServletResponse response) {
        return tested(channels.get(id), ChannelForm.sent(sent), model, response);
    }

    @PostMapping("/settings/channels/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        var channel = channels.remove(id);
        trail.record("channel.remove", channel.name(), null);
        after.addFlashAttribute("notice", "Channel '" + channel.name() + "' deleted.");
        return "redirect:/settings/channels";
    }

    private String tested(@Nullable ChannelView channel, ChannelForm form, Model model, HttpServletResponse response) {
        try {
            ChannelInput input = form.input();
            model.addAttribute("attempts", channel == null ? trial.send(input) : trial.send(channel.id(), input));
            return form(model, channel, form);
        } catch (InvalidInputException e) {
            return refused(model, channel, form, e, response);
        }
    }

    private static String refused(
            Model model,
            @Nullable ChannelView channel,
            ChannelForm form,
            InvalidInputException refusal,
            HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        model.addAttribute(
                "errors",
                refusal.problems().stream()
                        .collect(Collectors.toMap(
                                FieldProblem::field, FieldProblem::reason, (one, other) -> one + " " + other)));
        return form(model, channel, form);
    }

    private static String form(Model model, @Nullable ChannelView channel, ChannelForm form) {
        model.addAttribute("channel", channel);
        model.addAttribute("form", form);
        model.addAttribute("severities", Severity.values());
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
        return "dashboard/channel-form";
    }
}
