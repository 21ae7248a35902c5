package dev.cachewarden.dashboard.run;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.policy.PolicyDocument;
import java.util.List;
import org.springframework.util.MultiValueMap;

/**
 * The input for a manual plan, as entered in the form.
 *
 * @param host ID of the host, or empty if no host is selected yet
 */
record PlanForm(String host, RuleForm rule, String maxBytes, String maxShare) {

    static PlanForm forHost(String host) {
        return new PlanForm(host, RuleForm.unusedFor("14d"), "", "50");
    }

    /** Returns the form for all records of the cache mount with the given ID. */
    static PlanForm forMount(String host, String mountId) {
        return new PlanForm(host, RuleForm.all(RecordType.EXEC_CACHEMOUNT, "mountId==" + mountId), "", "50");
    }

    /** Returns the form for one record, regardless of its share of the cache. */
    static PlanForm forRecord(String host, String recordId) {
        return new PlanForm(host, RuleForm.one(recordId), "", "100");
    }

    static PlanForm read(MultiValueMap<String, String> typed) {
        return new PlanForm(
                Typed.text(typed, "host"),
                RuleForm.read(typed, "rules[0]."),
                Typed.text(typed, "maxBytes"),
                Typed.text(typed, "maxShare"));
    }

    PlanInput toInput() {
        return new PlanInput(
                host.matches("\\d{1,18}") ? Long.valueOf(host) : null,
                null,
                List.of(rule.toInput()),
                new PolicyDocument.Ceiling(maxBytes, maxShare));
    }
}
