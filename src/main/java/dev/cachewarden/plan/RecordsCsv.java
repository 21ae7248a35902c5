package dev.cachewarden.plan;

import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The records of a plan as CSV. The columns have the names of the REST fields. */
public final class RecordsCsv {

    private static final String[] COLUMNS = {
        "position",
        "id",
        "type",
        "description",
        "sizeBytes",
        "lastUsedAt",
        "usageCount",
        "rule",
        "reason",
        "outcome",
        "outcomeCode",
        "outcomeReason",
        "outcomeAt",
        "deletedBytes"
    };

    private RecordsCsv() {}

    /** Streams the whole list, with a few records in memory at a time. */
    public static void write(
            Plans plans, long planId, RecordFilter filter, HttpServletResponse response, String fileName)
            throws IOException {
        if (plans.find(planId).isEmpty()) {
            throw new NotFoundException("There is no plan " + planId + ".");
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        var csv = new CsvWriter(response.getWriter(), COLUMNS);
        plans.forEachRecord(planId, filter, record -> row(csv, record));
    }

    private static void row(CsvWriter csv, PlannedRecordView record) {
        csv.row(
                record.position(),
                record.id(),
                record.type(),
                record.description(),
                record.size().bytes(),
                record.lastUsedAt(),
                record.usageCount(),
                record.rule(),
                record.reasonText(),
                record.outcome(),
                record.outcomeCode(),
                record.outcomeText(),
                record.outcomeAt(),
                record.deletedBytes() == null ? null : record.deletedBytes().bytes());
    }
}
