package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of a start of a policy. Cachewarden stores codes and their data, and makes the text where it shows it.
 *
 * @param parts the parts in the order of the text; empty if nothing has a result yet
 */
public record StartResult(List<Part> parts) {

    /** The result of a start that has done nothing yet. */
    public static final StartResult NONE = new StartResult(List.of());

    private static final int MOST_NAMED = 5;

    /** The codes of parts, as stored. */
    public enum Code {
        /** Another replica continued the start. */
        CONTINUED,
        /** A builder reached the watermark. */
        WATERMARK,
        /** The last build on a host ended. */
        BUILDS_ENDED,
        /** The next attempt of a postponed start follows. */
        THEN,
        RUNS_STARTED,
        /** The policy is in report mode, so it deletes nothing. */
        REPORTED,
        NOTHING_TO_DELETE,
        /** No run was created for some hosts. */
        HOSTS_SKIPPED,
        OUTSIDE_WINDOW,
        ALL_RUNS_EXIST,
        NO_HOST,
        /** The start waits for the end of other runs. */
        POSTPONED,
        /** An earlier version stored only a text. */
        UNKNOWN;

        /** Returns whether a semicolon separates the part from the next one, instead of a period. */
        private boolean isClause() {
            return switch (this) {
                case RUNS_STARTED, REPORTED, NOTHING_TO_DELETE, HOSTS_SKIPPED -> true;
                case CONTINUED, WATERMARK, BUILDS_ENDED, THEN -> false;
                case OUTSIDE_WINDOW, ALL_RUNS_EXIST, NO_HOST, POSTPONED, UNKNOWN -> false;
            };
        }
    }

    /**
     * A part of a result.
     *
     * @param data the values that the text needs, by name
     * @param skipped the first skipped hosts; empty for other codes
     */
    public record Part(Code code, Map<String, String> data, List<SkippedHost> skipped) {

        public Part {
            data = Map.copyOf(data);
            skipped = List.copyOf(skipped);
        }
    }

    /** A host without a run. */
    public record SkippedHost(String host, NoRun why) {}

    public StartResult {
        parts = List.copyOf(parts);
    }

    /** Returns a result of one part without data. */
    public static StartResult of(Code code) {
        return NONE.and(code, Map.of());
    }

    /** Returns a result that begins with the host that triggered the policy. */
    public static StartResult triggeredBy(Code code, String host) {
        return NONE.and(code, Map.of("host", host));
    }

    /** Returns the result of a start outside the maintenance window. */
    public static StartResult outside(String window, String timeZone) {
        return NONE.and(Code.OUTSIDE_WINDOW, Map.of("window", window, "timeZone", timeZone));
    }

    /** Returns this result followed by a number of started runs, or by a number of hosts with a report. */
    public StartResult and(Code code, int count, Amount amount) {
        return and(
                code,
                Map.of(
                        "count", Integer.toString(count),
                        "records", Long.toString(amount.records()),
                        "bytes", Long.toString(amount.size().bytes())));
    }

    /** Returns this result followed by a number of hosts. */
    public StartResult and(Code code, int hosts) {
        return and(code, Map.of("count", Integer.toString(hosts)));
    }

    /** Returns this result followed by the skipped hosts, or this result if there is none. */
    public StartResult andSkipped(List<SkippedHost> hosts) {
        return hosts.isEmpty()
                ? this
                : and(new Part(
                        Code.HOSTS_SKIPPED,
                        Map.of("count", Integer.toString(hosts.size())),
                        hosts.stream().limit(MOST_NAMED).toList()));
    }

    /** Returns this result followed by another one. */
    public StartResult and(StartResult next) {
        var all = new ArrayList<>(parts);
        all.addAll(next.parts);
        return new StartResult(all);
    }

    private StartResult and(Code code, Map<String, String> data) {
        return and(new Part(code, data, List.of()));
    }

    private StartResult and(Part part) {
        return and(new StartResult(List.of(part)));
    }

    /** Returns the text that pages and responses show, as sentences. */
    public String text() {
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            var code = parts.get(i).code();
            if (i > 0) {
                text.append(code.isClause() && parts.get(i - 1).code().isClause() ? "; " : " ");
            }
            text.append(text(parts.get(i)));
            if (code.isClause()
                    && (i + 1 == parts.size() || !parts.get(i + 1).code().isClause())) {
                text.append('.');
            }
        }
        return text.toString();
    }

    private static String text(Part part) {
        return switch (part.code()) {
            case CONTINUED -> "Continued by another replica:";
            case WATERMARK -> "Watermark of " + value(part, "host") + ":";
            case BUILDS_ENDED -> "Builds ended on " + value(part, "host") + ":";
            case THEN -> "Then:";
            case RUNS_STARTED -> counted(part, "run") + " of " + amount(part);
            case REPORTED -> amount(part) + " would be deleted on " + counted(part, "host");
            case NOTHING_TO_DELETE -> "nothing to delete on " + counted(part, "host");
            case HOSTS_SKIPPED -> skipped(part);
            case OUTSIDE_WINDOW ->
                "Skipped: outside the maintenance window " + value(part, "window") + ", " + value(part, "timeZone")
                        + ".";
            case ALL_RUNS_EXIST -> "All runs already exist.";
            case NO_HOST -> "No host is in scope.";
            case POSTPONED -> "Postponed on " + counted(part, "host") + " until another run ends.";
            case UNKNOWN -> "Unknown.";
        };
    }

    private static String skipped(Part part) {
        String named = part.skipped().stream()
                .map(skipped -> skipped.host() + ": " + skipped.why().text())
                .collect(Collectors.joining(" "));
        long more = number(part, "count") - part.skipped().size();
        return "skipped " + counted(part, "host") + " (" + named + (more > 0 ? " and " + more + " more" : "") + ")";
    }

    private static String amount(Part part) {
        return counted(number(part, "records"), "record") + ", " + new ByteSize(number(part, "bytes"));
    }

    private static String counted(Part part, String noun) {
        return counted(number(part, "count"), noun);
    }

    private static String counted(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    private static long number(Part part, String name) {
        return Long.parseLong(part.data().getOrDefault(name, "0"));
    }

    private static String value(Part part, String name) {
        return part.data().getOrDefault(name, "unknown");
    }
}
