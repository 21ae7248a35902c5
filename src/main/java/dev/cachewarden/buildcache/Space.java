package dev.cachewarden.buildcache;

import org.jspecify.annotations.Nullable;

/** An amount of space in a limit of a rule. */
public sealed interface Space {

    /** A number of bytes. */
    record Bytes(ByteSize size) implements Space {
        @Override
        public String toString() {
            return size.toString();
        }
    }

    /**
     * A share of the disk that holds the cache.
     *
     * @param percent 1 to 100
     */
    record ShareOfDisk(int percent) implements Space {
        public ShareOfDisk {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException(
                        "The share of the disk must be from 1 to 100 percent, not " + percent);
            }
        }

        @Override
        public String toString() {
            return percent + "% of the disk";
        }
    }

    static Space of(ByteSize size) {
        return new Bytes(size);
    }

    /**
     * Parses {@code 20GB}, {@code 20GiB} or {@code 15%}.
     *
     * @throws IllegalArgumentException with a message for the author of the rule
     */
    static Space parse(String text) {
        String trimmed = text.strip();
        if (!trimmed.endsWith("%")) {
            return new Bytes(ByteSize.parse(trimmed));
        }
        String number = trimmed.substring(0, trimmed.length() - 1).strip();
        if (!number.matches("\\d{1,3}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > 100) {
            throw new IllegalArgumentException(
                    "'" + trimmed + "' is not a share of the disk; use a whole percentage from 1% to 100%");
        }
        return new ShareOfDisk(Integer.parseInt(number));
    }

    /** Returns the form that {@link #parse} reads, with unrounded bytes. */
    default String written() {
        return switch (this) {
            case Bytes bytes -> Long.toString(bytes.size().bytes());
            case ShareOfDisk share -> share.percent() + "%";
        };
    }

    /** Returns the space in bytes, or null if it is a share of an unknown disk. */
    default @Nullable ByteSize on(@Nullable DiskSpace disk) {
        return switch (this) {
            case Bytes bytes -> bytes.size();
            case ShareOfDisk share -> disk == null ? null : disk.share(share.percent());
        };
    }
}
