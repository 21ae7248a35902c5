package dev.cachewarden.access.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down password guessing: per account and address, per account, per address, and in total. Each failure beyond the free ones doubles
 * the wait. The throttle never locks an account. An announced wait ends at the announced time, regardless of failures of other clients. A
 * browser with an earlier sign-in to the account waits only for its own failures.
 *
 * <p>The counts are in memory, separate for each process, and bounded in number and size.
 */
final class LoginThrottle {

    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    // A memory limit during an attack. Beyond it, the entries without a failure for the longest time are removed.
    private static final int MOST_KEPT = 10_000;

    /** The keys by which attempts are counted. */
    private enum Kind {
        PAIR(5, Duration.ofSeconds(10), Duration.ofMinutes(15)),
        DEVICE(5, Duration.ofSeconds(10), Duration.ofMinutes(15)),
        ACCOUNT(20, Duration.ofSeconds(10), Duration.ofMinutes(5)),
        ADDRESS(50, Duration.ofSeconds(10), Duration.ofMinutes(5)),
        ALL(500, Duration.ofSeconds(1), Duration.ofMinutes(1));

        private final int free;
        private final Duration first;
        private final Duration longest;

        Kind(int free, Duration first, Duration longest) {
            this.free = free;
            this.first = first;
            this.longest = longest;
        }

        private Duration wait(int tries) {
            if (tries < free) {
                return Duration.ZERO;
            }
            var wait = first.multipliedBy(1L << Math.min(tries - free, 10));
            return wait.compareTo(longest) > 0 ? longest : wait;
        }
    }

    /**
     * The client of a sign-in.
     *
     * @param device identifies a browser with an earlier sign-in to the account, or null if there was none
     */
    record Client(String name, String address, @Nullable String device) {}

    /** @param promised end of an announced wait, or null if there is none */
    private record Failures(
            int count, Instant last, @Nullable Instant promised) {}

    private final InstantSource clock;
    private final Map<Kind, Map<String, Failures>> kept = new EnumMap<>(Kind.class);

    LoginThrottle(InstantSource clock) {
        this.clock = clock;
        for (var kind : Kind.values()) {
            kept.put(kind, new Bounded());
        }
    }

    /** Returns the time that a client must wait. Zero allows an attempt, which counts as a failure until it {@link #succeeded}. */
    synchronized Duration begin(Client client) {
        var now = clock.instant();
        var own = own(client);
        var mine = tries(own, key(own, client), now);
        var until = later(waitUntil(own, mine), shared(client, now));
        var promised = mine == null ? null : mine.promised();
        if (promised != null && promised.isBefore(until)) {
            until = later(promised, waitUntil(own, mine));
        }
        if (now.isBefore(until)) {
            map(own).put(
                            key(own, client),
                            new Failures(mine == null ? 0 : mine.count(), mine == null ? now : mine.last(), until));
            return Duration.between(now, until);
        }
        kinds(client).forEach(kind -> count(kind, key(kind, client), now));
        return Duration.ZERO;
    }

    /** Removes the last attempt from the counts, and resets the failures of the account. */
    synchronized void succeeded(Client client) {
        for (var kind : kinds(client)) {
            if (kind == Kind.ADDRESS || kind == Kind.ALL) {
                undoFailure(kind, client);
            } else {
                map(kind).remove(key(kind, client));
            }
        }
    }

    /** Removes the last attempt from the counts, because its password was not checked. */
    synchronized void withdraw(Client client) {
        kinds(client).forEach(kind -> undoFailure(kind, client));
    }

    private void undoFailure(Kind kind, Client client) {
        map(kind)
                .computeIfPresent(
                        key(kind, client),
                        (key, tries) ->
                                tries.count() <= 1 ? null : new Failures(tries.count() - 1, tries.last(), null));
    }

    private static Kind own(Client client) {
        return client.device() == null ? Kind.PAIR : Kind.DEVICE;
    }

    private static List<Kind> kinds(Client client) {
        return client.device() == null
                ? List.of(Kind.PAIR, Kind.ACCOUNT, Kind.ADDRESS, Kind.ALL)
                : List.of(Kind.DEVICE);
    }

    private Instant shared(Client client, Instant now) {
        var latest = Instant.MIN;
        for (var kind : kinds(client)) {
            if (kind != own(client)) {
                latest = later(latest, waitUntil(kind, tries(kind, key(kind, client), now)));
            }
        }
        return latest;
    }

    private @Nullable Failures tries(Kind kind, String key, Instant now) {
        var known = map(kind).get(key);
        return known == null || now.isAfter(known.last().plus(FORGET_AFTER)) ? null : known;
    }

    private static Instant waitUntil(Kind kind, @Nullable Failures tries) {
        return tries == null ? Instant.MIN : tries.last().plus(kind.wait(tries.count()));
    }

    private void count(Kind kind, String key, Instant now) {
        var known = tries(kind, key, now);
        map(kind).put(key, new Failures(known == null ? 1 : known.count() + 1, now, null));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Map<String, Failures> map(Kind kind) {
        return kept.computeIfAbsent(kind, missing -> new Bounded());
    }

    private static String key(Kind kind, Client client) {
        var name = client.name().strip().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case PAIR -> hash(name, client.address());
            case DEVICE -> hash(name, String.valueOf(client.device()));
            case ACCOUNT -> hash(name);
            case ADDRESS -> hash(client.address());
            case ALL -> "";
        };
    }

    private static String hash(String... parts) {
        var texts = new ArrayList<String>();
        for (var part : parts) {
            texts.add(part.length() + ":" + part);
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(String.join("", texts).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime does not provide SHA-256", e);
        }
    }

    private static final class Bounded extends LinkedHashMap<String, Failures> {
        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_KEPT;
        }
    }
}
