package dev.cachewarden.plan;

import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvColumns;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The records of a plan as CSV. The columns have the names of the REST fields. */
public final class RecordsCsv {

    private static final CsvColumns<PlannedRecordView> COLUMNS = new CsvColumns<PlannedRecordView>()
            .with("position", PlannedRecordView::position)
            .with("id", PlannedRecordView::id)
            .with("type", PlannedRecordView::type)
            .with("description", PlannedRecordView::description)
            .with("sizeBytes", record -> record.size().bytes())
            .with("lastUsedAt", PlannedRecordView::lastUsedAt)
            .with("usageCount", PlannedRecordView::usageCount)
            .with("rule", PlannedRecordView::rule)
            .with("reason", PlannedRecordView::reasonText)
            .with("outcome", PlannedRecordView::outcome)
            .with("outcomeCode", PlannedRecordView::outcomeCode)
            .with("outcomeReason", PlannedRecordView::outcomeText)
            .with("outcomeAt", PlannedRecordView::outcomeAt)
            .with(
                    "deletedBytes",
                    record -> record.deletedBytes() == null
                            ? null
                            : record.deletedBytes().bytes());

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
        plans.forEachRecord(planId, filter, COLUMNS.writeTo(response.getWriter()));
    }
}
