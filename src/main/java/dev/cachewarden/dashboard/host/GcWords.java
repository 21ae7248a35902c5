package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.host.GcPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A description of the builder's own garbage collection rules in sentences. */
final class GcWords {

    private static final Pattern TYPE = Pattern.compile("type==\"?([\\w.]+)\"?");

    private GcWords() {}

    static String of(GcPolicy policy) {
        var sentence = new StringBuilder("Deletes ").append(subject(policy));
        if (policy.keepDuration().isPositive()) {
            sentence.append(" after ")
                    .append(Durations.text(policy.keepDuration()))
                    .append(" without use");
        }
        var triggers = new ArrayList<String>();
        if (policy.most() != null) {
            triggers.add("the cache is larger than " + policy.most());
        }
        if (policy.free() != null) {
            triggers.add("less than " + policy.free() + " of disk space is free");
        }
        if (!triggers.isEmpty()) {
            sentence.append(", while ").append(String.join(" or ", triggers));
        }
        if (policy.floor() != null) {
            sentence.append(", but keeps at least ").append(policy.floor());
        }
        return sentence.append('.').toString();
    }

    private static String subject(GcPolicy policy) {
        var types = policy.filters().stream()
                .flatMap(filter -> List.of(filter.split(",")).stream())
                .toList();
        if (types.isEmpty()) {
            return policy.all()
                    ? "all records (including internal, frontend, and shared records)"
                    : "all records (except internal, frontend, and shared records)";
        }
        if (types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
            return "records of type "
                    + or(types.stream()
                            .map(type -> TYPE.matcher(type).replaceAll("$1"))
                            .toList());
        }
        return "records that match " + String.join(" or ", policy.filters());
    }

    private static String or(List<String> words) {
        return words.size() < 3
                ? String.join(" or ", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + ", or " + words.getLast();
    }
}
