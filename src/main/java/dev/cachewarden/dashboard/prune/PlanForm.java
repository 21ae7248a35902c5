package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDocument.Rule;
import java.util.List;

/** The form for a manual plan: the host, one rule, and the limit of the run. */
final class PlanForm {

    private PlanForm() {}

    /** The part of a policy that a manual plan has. */
    public record Wanted(List<Rule> rules, PolicyDocument.LimitPerRun limitPerRun) {}

    static DocumentForm forHost(String host) {
        return of(host, Rule.of(List.of(), "14d", null, null), "50");
    }

    /** Returns the form for all records of the cache mount with the given ID. */
    static DocumentForm forMount(String host, String mountId) {
        var types = List.of(RecordType.EXEC_CACHEMOUNT.name());
        return of(host, Rule.of(types, List.of("mountId==" + mountId), "0s", false), "50");
    }

    /** Returns the form for one record, regardless of its type, its last use, and its share of the cache. */
    static DocumentForm forRecord(String host, String recordId) {
        return of(host, Rule.of(List.of(), List.of("id==" + recordId), "0s", true), "100");
    }

    private static DocumentForm of(String host, Rule rule, String maxShare) {
        return DocumentForm.of(new Wanted(List.of(rule), new PolicyDocument.LimitPerRun(null, maxShare)))
                .with("host", host);
    }

    static PlanInput toInput(DocumentForm form) {
        var wanted = form.document(Wanted.class);
        String host = form.text("host");
        // The form has exactly one rule, even if it is empty.
        var rules = wanted.rules().isEmpty() ? List.of(Rule.of(List.of(), null, null, null)) : wanted.rules();
        return new PlanInput(host.matches("\\d{1,18}") ? Long.valueOf(host) : null, null, rules, wanted.limitPerRun());
    }
}
