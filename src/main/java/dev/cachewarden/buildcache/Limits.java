package dev.cachewarden.buildcache;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The space limits of a rule, with BuildKit's names.
 *
 * @param maxUsedSpace the rule deletes records until no more than this is used; null for no such limit
 * @param minFreeSpace the rule deletes records until this much of the disk is free; null for no such limit
 * @param reservedSpace the rule stops before less than this is used; without the other limits, it prunes down to this size. Null for no
 *     lower bound
 */
public record Limits(
        @Nullable Space maxUsedSpace,
        @Nullable Space minFreeSpace,
        @Nullable Space reservedSpace) {

    /** The name of the limit on the used space. */
    public static final String USED = "maxUsedSpace";

    /** The names of all limits. */
    public static final List<String> NAMES = List.of(USED, "minFreeSpace", "reservedSpace");

    public static final Limits NONE = new Limits(null, null, null);

    public Limits {
        if (maxUsedSpace != null && reservedSpace != null && exceeds(reservedSpace, maxUsedSpace)) {
            throw contradiction(reservedSpace, maxUsedSpace);
        }
    }

    /** Returns whether a space is larger than another one. A size and a share of the disk are not comparable. */
    private static boolean exceeds(Space one, Space other) {
        if (one instanceof Space.Bytes bytes && other instanceof Space.Bytes than) {
            return bytes.size().compareTo(than.size()) > 0;
        }
        return one instanceof Space.ShareOfDisk share
                && other instanceof Space.ShareOfDisk than
                && share.percent() > than.percent();
    }

    /** Returns the limits with the spaces that the function returns for their names. It calls the function for each name once. */
    public static Limits of(Function<String, @Nullable Space> byName) {
        return new Limits(byName.apply(USED), byName.apply("minFreeSpace"), byName.apply("reservedSpace"));
    }

    /** Returns a single limit on the used space. */
    public static Limits atMost(Space used) {
        return new Limits(used, null, null);
    }

    /** Returns a single limit on the free space of the disk. */
    public static Limits untilFree(Space free) {
        return new Limits(null, free, null);
    }

    /** Returns the same limits with another reserved space. */
    public Limits reserving(Space space) {
        return new Limits(maxUsedSpace, minFreeSpace, space);
    }

    /** Returns the limits that are present, by their names. */
    public Map<String, Space> byName() {
        var present = new LinkedHashMap<String, Space>();
        put(present, USED, maxUsedSpace);
        put(present, "minFreeSpace", minFreeSpace);
        put(present, "reservedSpace", reservedSpace);
        return Collections.unmodifiableMap(present);
    }

    private static void put(Map<String, Space> present, String name, @Nullable Space space) {
        if (space != null) {
            present.put(name, space);
        }
    }

    /**
     * Returns whether a cache within these limits is always within the others. Compares only single limits on the used space, and returns
     * false in doubt.
     */
    public boolean imply(Limits others) {
        return maxUsedSpace != null
                && others.maxUsedSpace != null
                && equals(atMost(maxUsedSpace))
                && others.equals(atMost(others.maxUsedSpace))
                && maxUsedSpace.getClass() == others.maxUsedSpace.getClass()
                && !exceeds(maxUsedSpace, others.maxUsedSpace);
    }

    /** Returns the limits in bytes. A share of an unknown disk becomes null. */
    public OnDisk on(@Nullable DiskSpace disk) {
        return new OnDisk(bytes(maxUsedSpace, disk), bytes(minFreeSpace, disk), bytes(reservedSpace, disk));
    }

    private static @Nullable ByteSize bytes(@Nullable Space space, @Nullable DiskSpace disk) {
        return space == null ? null : space.on(disk);
    }

    /** The limits in bytes, each null if it is absent or unknown. */
    public record OnDisk(
            @Nullable ByteSize used,
            @Nullable ByteSize free,
            @Nullable ByteSize reserved) {}

    private static IllegalArgumentException contradiction(Space reserved, Space max) {
        return new IllegalArgumentException("reservedSpace (" + exact(reserved) + ") must not exceed maxUsedSpace ("
                + exact(max) + "), or the rule could never reach its limit");
    }

    private static String exact(Space space) {
        return space instanceof Space.Bytes bytes ? bytes.size().exact() : space.toString();
    }

    public boolean none() {
        return byName().isEmpty();
    }

    /** Returns whether the limits depend on the size or free space of the disk. */
    public boolean needDisk() {
        return minFreeSpace != null
                || maxUsedSpace instanceof Space.ShareOfDisk
                || reservedSpace instanceof Space.ShareOfDisk;
    }
}
