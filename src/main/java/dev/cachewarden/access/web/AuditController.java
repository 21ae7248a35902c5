package dev.cachewarden.access.web;

import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.AuditTrail.Selection;
import dev.cachewarden.rest.list.CsvLists;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the audit log. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    private static final int ROWS_AT_A_TIME = 500;

    private final AuditTrail trail;
    private final CsvLists csv;

    AuditController(AuditTrail trail, CsvLists csv) {
        this.trail = trail;
        this.csv = csv;
    }

    /**
     * Returns the entries of the audit log, newest first.
     *
     * @param actor name of the user or token; all if absent
     * @param kind first part of the action, such as {@code policy}; all if absent
     */
    @GetMapping
    Page<AuditEntry> listAuditEntries(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String kind,
            Paging paging) {
        return trail.entries(selection(actor, kind), paging.after(), paging.size());
    }

    /** Writes all entries as CSV. */
    @Hidden
    @GetMapping(produces = "text/csv")
    void listAuditEntriesAsCsv(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String kind,
            HttpServletResponse response)
            throws IOException {
        var selection = selection(actor, kind);
        csv.write(response, "audit-log", AuditEntry.class, after -> trail.entries(selection, after, ROWS_AT_A_TIME));
    }

    private static Selection selection(@Nullable String actor, @Nullable String kind) {
        return new Selection(blankToNull(actor), blankToNull(kind));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
