package dev.cachewarden.prune.web;

import dev.cachewarden.prune.PlannedRecordView;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.Plans.RecordFilter;
import dev.cachewarden.rest.CsvWriter;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lists of planned records, as JSON and as CSV. */
final class RecordLists {

    private RecordLists() {}

    static Page<PlannedRecordResponse> page(Page<PlannedRecordView> page) {
        return new Page<>(page.items().stream().map(PlannedRecordResponse::of).toList(), page.next());
    }

    /** Streams the whole list, a few records in memory at a time. */
    static void csv(Plans plans, long planId, RecordFilter filter, HttpServletResponse response, String fileName)
            throws IOException {
        if (plans.find(planId).isEmpty()) {
            throw new NotFoundException("There is no plan " + planId + ".");
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        var csv = new CsvWriter(response.getWriter(), PlannedRecordResponse.COLUMNS);
        plans.forEachRecord(
                planId, filter, record -> PlannedRecordResponse.of(record).writeTo(csv));
    }
}
