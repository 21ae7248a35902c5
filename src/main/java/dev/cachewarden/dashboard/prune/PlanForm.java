package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.CeilingInput;
import dev.cachewarden.prune.PlanInput;
import java.util.List;
import org.springframework.util.MultiValueMap;

/**
 * What to plan by hand, as typed into the form.
 *
 * @param host id of the host; empty: not chosen yet
 */
record PlanForm(String host, RuleForm rule, String maxBytes, String maxShare) {

    static PlanForm forHost(String host) {
        return new PlanForm(host, RuleForm.unusedFor("14d"), "", "50");
    }

    /** All of the cache mount with this id. */
    static PlanForm forMount(String host, String mountId) {
        return new PlanForm(host, RuleForm.all(RecordType.EXEC_CACHEMOUNT, "mountId==" + mountId), "", "50");
    }

    /** One record, however much of the cache it is. */
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
                new CeilingInput(maxBytes, maxShare));
    }
}
