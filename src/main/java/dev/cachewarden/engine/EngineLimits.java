package dev.cachewarden.engine;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits for everything that an engine or a buildkitd sends. A host that exceeds one of them counts as unreachable, with the limit as the
 * reason.
 *
 * @param maxHeaders header lines of one HTTP response
 * @param maxHeaderLine length of one line of an HTTP response outside its body: status, header, or chunk size
 * @param maxRecords cache records of one reading, and records that one prune reports
 * @param maxParents parents of one cache record
 * @param maxIdLength characters of an ID of an engine, a worker, a cache record, or a build
 * @param maxTextLength characters of any other text; longer texts are truncated
 * @param maxNesting levels of objects and lists within JSON
 * @param maxWorkers workers of a builder
 * @param maxMessageSize size of one gRPC message
 * @param maxMetadataSize size of the headers or trailers of one gRPC call
 * @param maxBuildEvents messages of one build history stream
 */
public record EngineLimits(
        @DefaultValue("100") int maxHeaders,
        @DefaultValue("8KB") DataSize maxHeaderLine,
        @DefaultValue("200000") int maxRecords,
        @DefaultValue("1000") int maxParents,
        @DefaultValue("128") int maxIdLength,
        @DefaultValue("4096") int maxTextLength,
        @DefaultValue("64") int maxNesting,
        @DefaultValue("16") int maxWorkers,
        @DefaultValue("16MB") DataSize maxMessageSize,
        @DefaultValue("8KB") DataSize maxMetadataSize,
        @DefaultValue("10000") int maxBuildEvents) {

    private static final String PREFIX = "cachewarden.engine.limits.";

    /** 64 PiB, more than any disk holds. With this limit, totals of all hosts cannot overflow, even if a host reports false sizes. */
    public static final long MOST_BYTES = 1L << 56;

    // The maximum length of columns and filters that contain IDs.
    private static final int LONGEST_ID = 128;

    // The IDs of all workers identify a builder, and must fit into a database index.
    private static final int MOST_WORKERS = 16;

    public EngineLimits {
        requireBetween("max-headers", maxHeaders, 10, 10_000);
        requireBetween("max-header-line", maxHeaderLine.toBytes(), 256, 1 << 20);
        requireBetween("max-records", maxRecords, 1, 10_000_000);
        requireBetween("max-parents", maxParents, 1, 1_000_000);
        requireBetween("max-id-length", maxIdLength, 1, LONGEST_ID);
        requireBetween("max-text-length", maxTextLength, 64, 1 << 20);
        requireBetween("max-nesting", maxNesting, 8, 1_000);
        requireBetween("max-workers", maxWorkers, 1, MOST_WORKERS);
        requireBetween("max-message-size", maxMessageSize.toBytes(), 1 << 10, 256 << 20);
        requireBetween("max-metadata-size", maxMetadataSize.toBytes(), 1 << 10, 1 << 20);
        requireBetween("max-build-events", maxBuildEvents, 1, 10_000_000);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    PREFIX + name + " is " + value + "; it must be between " + least + " and " + most);
        }
    }

    /**
     * Describes a limit that a host exceeded.
     *
     * @param what the excess, such as {@code more than 100 header lines}
     * @param setting name of the limit, such as {@code max-headers}
     */
    public static String exceeded(String what, String setting) {
        return "it has " + what + " (limit: " + PREFIX + setting + ")";
    }
}
