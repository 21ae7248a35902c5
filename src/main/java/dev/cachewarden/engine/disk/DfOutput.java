package dev.cachewarden.engine.disk;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.util.regex.Pattern;

/**
 * What {@code df -P -k} prints, in the form that POSIX gives: GNU's, BusyBox's, that of BSDs. Free is what is neither used nor there:
 * the total less what is used, which includes what is reserved for root; the column named Available does not.
 */
final class DfOutput {

    private static final Pattern HEADER =
            Pattern.compile("(?m)^Filesystem\\s+(?<unit>1024|1[Kk]|512)-blocks\\s+Used\\s+Avail(able)?\\s.*$");

    /** The name of a file system may hold blanks, and old versions break the line behind a long one. */
    private static final Pattern ROW = Pattern.compile(
            "(?m)(?<=\\s)(?<total>\\d{1,19})\\s+(?<used>\\d{1,19})\\s+(?<available>-?\\d{1,19})\\s+(\\d{1,3}%|-)\\s+/.*$");

    private DfOutput() {}

    /**
     * Reads it; what a login prints before, such as a greeting, is passed over.
     *
     * @param who printed it
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
            // Of two file systems nobody knows which is meant.
            if (total == 0 || used > total || row.find()) {
                throw unreadable(text, who);
            }
            return new DiskSpace(new ByteSize(total), new ByteSize(total - used));
        } catch (ArithmeticException | NumberFormatException e) {
            throw unreadable(text, who);
        }
    }

    private static DiskUnknownException unreadable(String text, String who) {
        return new DiskUnknownException(who + " was asked for df -P -k and answered with what cannot be read: "
                + (text.isBlank() ? "nothing" : DiskUnknownException.said(text)));
    }
}
