package dev.cachewarden.notify.web;

import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.notify.store.ChannelTrial;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.notify.store.Channels;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for channels. */
@RestController
@RequestMapping("/api/v1/channels")
class ChannelController {

    private final Channels channels;
    private final ChannelTrial trial;

    ChannelController(Channels channels, ChannelTrial trial) {
        this.channels = channels;
        this.trial = trial;
    }

    /** Returns all channels, without their secrets. */
    @GetMapping
    Page<ChannelView> listChannels(Paging paging) {
        return paging.of("channels", channels.all(), channel -> Long.toString(channel.id()));
    }

    /** Returns a channel, without its secrets. */
    @GetMapping("/{id}")
    ChannelView getChannel(@PathVariable long id) {
        return channels.get(id);
    }

    /** Creates a channel. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ChannelView> createChannel(@RequestBody ChannelInput request, HttpServletRequest http) {
        var channel = channels.add(request, Caller.of(http).name());
        AuditDetail.set(http, channel.name());
        return ResponseEntity.created(URI.create("/api/v1/channels/" + channel.id()))
                .body(channel);
    }

    /** Changes a channel. Secrets that the request does not contain stay as they are. */
    @PutMapping("/{id}")
    ChannelView updateChannel(@PathVariable long id, @RequestBody ChannelInput request, HttpServletRequest http) {
        var channel = channels.change(id, request, Caller.of(http).name());
        AuditDetail.set(http, channel.name());
        return channel;
    }

    /** Removes a channel with its pending notifications. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteChannel(@PathVariable long id, HttpServletRequest http) {
        AuditDetail.set(http, channels.remove(id).name());
    }

    /** Sends a test through a channel, and returns the requests and answers without secrets. */
    @PostMapping("/{id}/test")
    TestResponse testChannel(@PathVariable long id) {
        return TestResponse.of(trial.send(id));
    }

    /** Sends a test through a channel that is not stored. */
    @PostMapping("/test")
    TestResponse testNewChannel(@RequestBody ChannelInput request) {
        return TestResponse.of(trial.send(request));
    }
}
