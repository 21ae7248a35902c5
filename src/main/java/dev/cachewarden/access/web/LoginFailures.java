package dev.cachewarden.access.web;

import dev.cachewarden.access.AuditTrail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records all failed sign-ins in the audit log. Failures of one name from one address within ten minutes share one entry with their count.
 * Above 200 entries within that time, all other names share one entry, so that an attacker cannot fill the log.
 */
final class LoginFailures {

    private static final Duration MERGED_WITHIN = Duration.ofMinutes(10);
    private static final int MOST_ENTRIES = 200;
    private static final Key OTHERS = new Key("(many names)", "(many addresses)");

    private final AuditTrail trail;
    private final InstantSource clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    LoginFailures(AuditTrail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    private record Key(String name, String address) {}

    private record Entry(long id, Instant first, int count, int unchecked) {

        String words() {
            return (count == 1 ? "1 attempt" : count + " attempts within 10 minutes")
                    + (unchecked == 0 ? "" : ", " + unchecked + " of them rejected before the password was checked");
        }
    }

    /** @param checked false if the password was not checked because the client had to wait */
    synchronized void add(String name, String address, boolean checked) {
        var now = clock.instant();
        entries.values().removeIf(entry -> !now.isBefore(entry.first().plus(MERGED_WITHIN)));
        var own = new Key(name, address);
        var key = entries.containsKey(own) || entries.size() < MOST_ENTRIES ? own : OTHERS;
        int unchecked = checked ? 0 : 1;
        var known = entries.get(key);
        if (known == null) {
            var fresh = new Entry(0, now, 1, unchecked);
            long id = trail.add("unknown", "password", "login.fail", key.name(), checked ? null : fresh.words());
            entries.put(key, new Entry(id, now, 1, unchecked));
        } else {
            var more = new Entry(known.id(), known.first(), known.count() + 1, known.unchecked() + unchecked);
            trail.amend(known.id(), more.words());
            entries.put(key, more);
        }
    }
}
