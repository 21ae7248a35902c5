package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheMount;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.MountPin.Check;
import dev.cachewarden.plan.preview.MountView.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Groups of cache mount records by ID and builder. The class takes one record at a time, keeps only totals, and depends on no other
 * component.
 *
 * <p>The number of totals is bounded, because the authors of builds choose the IDs. Records beyond the bound are only counted, so callers
 * should add the largest records first.
 */
final class MountGroups {

    private static final Comparator<MountView> LARGEST =
            Comparator.comparing(MountView::size).reversed().thenComparing(MountView::id);

    /** The words of a blank text. */
    private static final List<String> EVERYTHING = List.of("");

    private final List<String> words;
    private final int most;
    private final Map<String, Group> groups = new HashMap<>();
    private int sums;
    private Amount unnamed = Amount.NONE;
    private Amount further = Amount.NONE;

    /**
     * Creates groups for mounts that match a text.
     *
     * @param text words that must all be part of the ID, the target, or the name of the host, ignoring case; blank matches all mounts
     * @param most the maximum number of distinct pairs of an ID and a builder
     */
    MountGroups(String text, int most) {
        this.words = List.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        this.most = most;
    }

    /**
     * A builder whose records are added.
     *
     * @param takenAt the time of its last snapshot, or null if it is no longer known
     * @param pins the pins of the fleet, and of the enabled policies that cover its host
     */
    record Origin(
            WatchedHost host, BuilderId builder, @Nullable Instant takenAt, List<Check> pins) {}

    void add(Origin origin, CacheRecord record) {
        add(origin, record, MountUse.of(record));
    }

    /**
     * Adds records that differ only in their IDs and figures.
     *
     * @param like one of the records
     * @param use the total of all these records
     */
    void add(Origin origin, CacheRecord like, MountUse use) {
        var mount = CacheMount.of(like);
        if (mount.isPresent()) {
            add(origin, like, use, mount.get());
        } else if (passes(origin, like.description())) {
            unnamed = unnamed.plus(use.total());
        }
    }

    private void add(Origin origin, CacheRecord like, MountUse use, CacheMount mount) {
        if (!passes(origin, mount.id() + "\n" + mount.target())) {
            return;
        }
        var group = groups.get(mount.id());
        boolean known = group != null && group.parts.containsKey(origin.builder());
        if (!known && sums == most) {
            further = further.plus(use.total());
            return;
        }
        sums += known ? 0 : 1;
        groups.computeIfAbsent(mount.id(), id -> new Group()).add(origin, like, use, mount.target());
    }

    private boolean passes(Origin origin, String text) {
        if (words.equals(EVERYTHING)) {
            return true;
        }
        var searched = (text + "\n" + origin.host().name()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(searched::contains);
    }

    /** Returns the groups, largest mount first, and mounts of the same size by ID. */
    List<MountView> largestFirst() {
        return groups.entrySet().stream()
                .map(group -> group.getValue().view(group.getKey()))
                .sorted(LARGEST)
                .toList();
    }

    /** Returns the records of mounts whose descriptions contain no target. */
    Amount unnamed() {
        return unnamed;
    }

    /** Returns the records that were added after the maximum number of totals was reached, and that no total includes. */
    Amount further() {
        return further;
    }

    /** The records with the same mount ID. */
    private static final class Group {

        private static final Comparator<Ranked> LARGEST_PLACE = Comparator.comparing(Ranked::size)
                .reversed()
                .thenComparing(ranked -> ranked.place().host().name())
                .thenComparing(ranked -> ranked.place().builder().value());

        /** A place with its size, which is summed once and not in each comparison. */
        private record Ranked(ByteSize size, Place place) {}

        private final Set<String> targets = new TreeSet<>();
        private final Map<BuilderId, Part> parts = new HashMap<>();

        private void add(Origin origin, CacheRecord like, MountUse use, String target) {
            targets.add(target);
            parts.computeIfAbsent(origin.builder(), builder -> new Part(origin)).add(like, use);
        }

        private MountView view(String id) {
            var places = parts.values().stream()
                    .map(Part::place)
                    .map(place -> new Ranked(place.use().size(), place))
                    .sorted(LARGEST_PLACE)
                    .map(Ranked::place)
                    .toList();
            var use = places.stream().map(Place::use).reduce(MountUse.NONE, MountUse::plus);
            return new MountView(id, List.copyOf(targets), use, places);
        }
    }

    /** The records of a mount on one builder. */
    private static final class Part {

        private final Origin origin;
        private final Set<MountPin> pins = new HashSet<>();
        private MountUse use = MountUse.NONE;
        private Amount pinned = Amount.NONE;

        private Part(Origin origin) {
            this.origin = origin;
        }

        private void add(CacheRecord like, MountUse added) {
            use = use.plus(added);
            var holding = origin.pins().stream()
                    .filter(check -> check.pins().test(like))
                    .map(Check::pin)
                    .toList();
            if (!holding.isEmpty()) {
                pins.addAll(holding);
                pinned = pinned.plus(added.total());
            }
        }

        private Place place() {
            var inOrder = origin.pins().stream()
                    .map(Check::pin)
                    .filter(pins::contains)
                    .distinct()
                    .toList();
            return new Place(origin.host(), origin.builder(), origin.takenAt(), use, pinned, inOrder);
        }
    }
}
