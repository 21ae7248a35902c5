package dev.cachewarden.alert.web;

import dev.cachewarden.alert.Silence;
import dev.cachewarden.alert.store.Silences;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for silences. */
@RestController
@RequestMapping("/api/v1/silences")
class SilenceController {

    private final Silences silences;

    SilenceController(Silences silences) {
        this.silences = silences;
    }

    /** Returns the silences that have not ended, in the order of their end. */
    @GetMapping
    Page<SilenceResponse> listSilences(Paging paging) {
        return paging.of("silences", silences.open(), SilenceResponse::of, silence -> Long.toString(silence.id()));
    }

    /** Returns a silence, which may have ended. */
    @GetMapping("/{id}")
    SilenceResponse getSilence(@PathVariable long id) {
        return SilenceResponse.of(silences.get(id));
    }

    /** Adds a silence. While it is active, matching alerts are not reported. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SilenceResponse> createSilence(@RequestBody SilenceRequest request, HttpServletRequest http) {
        var silence = silences.add(request.toInput(), Caller.of(http).name());
        AuditDetail.set(http, silence.reason());
        return ResponseEntity.created(URI.create("/api/v1/silences/" + silence.id()))
                .body(SilenceResponse.of(silence));
    }

    /** Ends a silence now. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSilence(@PathVariable long id, HttpServletRequest http) {
        AuditDetail.set(http, silences.end(id).reason());
    }

    /**
     * A silence in a request.
     *
     * @param rule ID of the rule to silence; every rule if absent
     * @param scope conditions on the labels of hosts; every host if absent
     * @param startsAt start of the silence; now if absent
     * @param endsAt end of the silence; not together with a duration
     * @param duration duration from the start; not together with an end
     * @param reason reason of the silence, 1 to 200 characters
     */
    record SilenceRequest(
            @Nullable String rule,
            @Nullable String scope,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String duration,
            @Nullable String reason) {

        Silences.Input toInput() {
            return new Silences.Input(rule, scope, startsAt, endsAt, duration, reason);
        }
    }

    /**
     * A silence in a response.
     *
     * @param rule ID of the silenced rule, or null for every rule
     * @param scope conditions on the labels of hosts; empty for every host
     * @param startsAt start of the silence
     * @param endsAt end of the silence
     * @param reason reason of the silence
     */
    record SilenceResponse(
            long id,
            @Nullable String rule,
            String scope,
            Instant startsAt,
            Instant endsAt,
            String reason,
            String createdBy,
            Instant createdAt) {

        static SilenceResponse of(Silence silence) {
            return new SilenceResponse(
                    silence.id(),
                    silence.rule() == null ? null : silence.rule().id(),
                    silence.scope().toString(),
                    silence.startsAt(),
                    silence.endsAt(),
                    silence.reason(),
                    silence.createdBy(),
                    silence.createdAt());
        }
    }
}
