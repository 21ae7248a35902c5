package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlannedRecordView;
import dev.cachewarden.rest.list.Page;

/** Pages of planned records. */
final class RecordLists {

    private RecordLists() {}

    static Page<PlannedRecordResponse> page(Page<PlannedRecordView> page) {
        return new Page<>(page.items().stream().map(PlannedRecordResponse::of).toList(), page.next());
    }
}
