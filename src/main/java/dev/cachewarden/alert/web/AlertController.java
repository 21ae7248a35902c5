package dev.cachewarden.alert.web;

import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.store.Alerts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.list.CsvLists;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for alerts and the quiet hours. */
@RestController
@RequestMapping("/api/v1")
class AlertController {

    private static final int ROWS_AT_A_TIME = 500;

    private final Alerts alerts;
    private final CsvLists csv;

    AlertController(Alerts alerts, CsvLists csv) {
        this.alerts = alerts;
        this.csv = csv;
    }

    /**
     * Returns current and earlier alerts, newest first.
     *
     * @param state states of the alerts; all if absent
     * @param hostId ID of a host, to return only its alerts
     * @param rule ID of a rule, to return only its alerts
     */
    @GetMapping("/alerts")
    Page<AlertResponse> listAlerts(
            @RequestParam(required = false) @Nullable Set<AlertState> state,
            @RequestParam(required = false) @Nullable Long hostId,
            @RequestParam(required = false) @Nullable String rule,
            Paging paging) {
        return page(filter(state, hostId, rule), paging.after(), paging.size());
    }

    /** Writes all alerts as CSV. */
    @Hidden
    @GetMapping(path = "/alerts", produces = "text/csv")
    void listAlertsAsCsv(
            @RequestParam(required = false) @Nullable Set<AlertState> state,
            @RequestParam(required = false) @Nullable Long hostId,
            @RequestParam(required = false) @Nullable String rule,
            HttpServletResponse response)
            throws IOException {
        var filter = filter(state, hostId, rule);
        csv.write(response, "alerts", AlertResponse.class, after -> page(filter, after, ROWS_AT_A_TIME));
    }

    private static Alerts.Filter filter(@Nullable Set<AlertState> state, @Nullable Long hostId, @Nullable String rule) {
        Set<AlertState> states = state == null
                ? Set.of()
                : state.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        RuleId id = null;
        if (rule != null && !rule.isBlank()) {
            id = RuleId.parse(rule)
                    .orElseThrow(() -> new InvalidInputException("rule", "'" + rule + "' is not the ID of a rule"));
        }
        return new Alerts.Filter(states, hostId == null ? null : new HostId(hostId), id);
    }

    private Page<AlertResponse> page(Alerts.Filter filter, @Nullable String after, int size) {
        var page = alerts.list(filter, after, size);
        return new Page<>(page.items().stream().map(AlertResponse::of).toList(), page.next());
    }

    /** Returns an alert. */
    @GetMapping("/alerts/{id}")
    AlertResponse getAlert(@PathVariable long id) {
        return AlertResponse.of(alerts.get(id));
    }

    /** Acknowledges an active alert, which mutes it until it is resolved. */
    @PostMapping("/alerts/{id}/acknowledge")
    AlertResponse acknowledgeAlert(@PathVariable long id, HttpServletRequest http) {
        var alert = alerts.acknowledge(id, Caller.of(http).name());
        AuditDetail.set(http, alert.title());
        return AlertResponse.of(alert);
    }

    /** Returns the quiet hours. */
    @GetMapping("/quiet-hours")
    QuietHoursDocument getQuietHours() {
        return QuietHoursDocument.of(alerts.quietHours());
    }

    /** Changes the quiet hours. */
    @PutMapping("/quiet-hours")
    QuietHoursDocument updateQuietHours(@RequestBody QuietHoursDocument request, HttpServletRequest http) {
        var hours = QuietHoursDocument.of(alerts.changeQuietHours(request.window(), request.timeZone()));
        AuditDetail.set(http, hours.window() == null ? "None" : hours.window() + " " + hours.timeZone());
        return hours;
    }
}
