package dev.cachewarden.alert;

import dev.cachewarden.notify.Fact;
import java.util.List;

/**
 * The value of a rule for one subject, as an evaluation found it.
 *
 * @param text what the value means, as a sentence; for an unknown value its reason
 * @param facts further values for messages, in this order
 */
public record Observation(RuleId rule, Subject subject, Value value, String text, List<Fact> facts) {

    public Observation {
        facts = List.copyOf(facts);
    }

    /** Creates an observation of an unknown value. */
    public static Observation unknown(RuleId rule, Subject subject, String reason) {
        return new Observation(rule, subject, new Value.Unknown(reason), reason, List.of());
    }

    /** Returns the identity of the alert: the rule and the subject. */
    public String key() {
        return rule.id() + ":" + subject.key();
    }
}
