package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.util.regex.Pattern;

/**
 * Parses the output of {@code df -P -k} in the POSIX format, from GNU, BusyBox, or a BSD. Free space is the total minus the used space.
 * Unlike the column Available, it includes the blocks reserved for root.
 */
final class DfOutput {

    private static final Pattern HEADER =
            Pattern.compile("(?m)^Filesystem\\s+(?<unit>1024|1[Kk]|512)-blocks\\s+Used\\s+Avail(able)?\\s.*$");

    /** The name of a file system may contain blanks, and old versions break the line after a long one. */
    private static final Pattern ROW = Pattern.compile(
            "(?m)(?<=\\s)(?<total>\\d{1,19})\\s+(?<used>\\d{1,19})\\s+(?<available>-?\\d{1,19})\\s+(\\d{1,3}%|-)\\s+/.*$");

    private DfOutput() {}

    /**
     * Parses the output, and ignores any text before it, such as the greeting of a login.
     *
     * @param who source of the output, for messages
     */
    static DiskSpace parse(String text, String who) throws DiskUnknownException {
        var header = HEADER.matcher(text);
        if (!header.find()) {
            throw unreadable(text, who);
        }
        var row = ROW.matcher(text).region(header.end(), text.length());
        if (!row.find()) {
            throw unreadable(text, who);
        }
        try {
            long unit = header.group("unit").equals("512") ? 512 : 1024;
            long total = Math.multiplyExact(Long.parseLong(row.group("total")), unit);
            long used = Math.multiplyExact(Long.parseLong(row.group("used")), unit);
            // With two file systems, it is unclear which one to use.
            if (total == 0 || used > total || row.find()) {
                throw unreadable(text, who);
            }
            return new DiskSpace(new ByteSize(total), new ByteSize(total - used));
        } catch (ArithmeticException | NumberFormatException e) {
            throw unreadable(text, who);
        }
    }

    private static DiskUnknownException unreadable(String text, String who) {
        return new DiskUnknownException(who + " returned unreadable output of df -P -k: "
                + (text.isBlank() ? "nothing" : DiskUnknownException.singleLine(text)));
    }
}
