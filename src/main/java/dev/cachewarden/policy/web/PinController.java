package dev.cachewarden.policy.web;

import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
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

/** The REST API for pins of the fleet. */
@RestController
@RequestMapping("/api/v1/pins")
class PinController {

    private final Pins pins;

    PinController(Pins pins) {
        this.pins = pins;
    }

    /** Returns all pins, in the order of their creation. */
    @GetMapping
    Page<PinResponse> listPins(Paging paging) {
        return paging.of("pins", pins.all(), PinResponse::of, pin -> Long.toString(pin.id()));
    }

    /** Returns a pin. */
    @GetMapping("/{id}")
    PinResponse getPin(@PathVariable long id) {
        return pins.all().stream()
                .filter(pin -> pin.id() == id)
                .findFirst()
                .map(PinResponse::of)
                .orElseThrow(() -> new NotFoundException("There is no pin " + id + "."));
    }

    /** Creates a pin, which applies to every host and every plan. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PinResponse> createPin(@RequestBody PinRequest request, HttpServletRequest http) {
        var pin = PinResponse.of(
                pins.add(request.filter(), request.note(), Caller.of(http).name()));
        AuditDetail.set(http, pin.filter());
        return ResponseEntity.created(URI.create("/api/v1/pins/" + pin.id())).body(pin);
    }

    /** Removes a pin. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deletePin(@PathVariable long id, HttpServletRequest http) {
        AuditDetail.set(http, pins.remove(id).filter().toString());
    }

    /**
     * A pin in a request.
     *
     * @param filter such as {@code mountTarget==/root/.m2}
     * @param note the reason; may be absent
     */
    record PinRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "mountTarget==/root/.m2") @Nullable
            String filter,

            @Nullable String note) {}

    /**
     * A pin in a response.
     *
     * @param configFile the path of the configuration file that the pin comes from, or null if a user created it
     */
    record PinResponse(
            long id,
            String filter,
            String note,
            String createdBy,
            Instant createdAt,
            @Nullable String configFile) {

        static PinResponse of(FleetPin pin) {
            return new PinResponse(
                    pin.id(), pin.filter().toString(), pin.note(), pin.createdBy(), pin.createdAt(), pin.configFile());
        }
    }
}
