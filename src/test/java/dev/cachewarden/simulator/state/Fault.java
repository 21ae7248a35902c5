package dev.cachewarden.simulator.state;

import java.time.Duration;

/** Something wrong with a simulated engine; several may be at once. A path is a part of it; empty: every path. */
public sealed interface Fault {

    /** Nobody listens: connections are refused, open ones closed. */
    record Down() implements Fault {}

    /** Accepts, reads, and never answers. */
    record Hung(String path) implements Fault {
        public Hung() {
            this("");
        }
    }

    /** Answers late, over HTTP and over gRPC. */
    record Slow(Duration by) implements Fault {}

    /** Sends bodies so many bytes at a time, with pauses in between. */
    record Trickling(int bytes, Duration pause) implements Fault {}

    /** Closes the connection after so many bytes of a body. */
    record CutBody(int afterBytes, String path) implements Fault {}

    /** Answers an endless array of records to {@code /system/df}, up to this many bytes. */
    record Huge(long bytes) implements Fault {}

    /** Answers everything with a status and a message, before looking at it. */
    record Refusing(int status, String message, String path) implements Fault {}

    /** A web server, not an engine: pages, and no header of an engine's. */
    record NotAnEngine(int status) implements Fault {}

    /** An engine behind a proxy that puts its own page in place of answers. */
    record HtmlInstead(String path) implements Fault {}

    /** Speaks TLS and is spoken to in plain: answers with the bytes of a TLS alert, as most servers do. */
    record TlsAlert() implements Fault {}

    /** Speaks TLS and is spoken to in plain: answers as Go's HTTP server, and so an engine, does. */
    record TlsOfGo() implements Fault {}

    /** Tells things of its records that cannot be. */
    record Lying(Lie lie) implements Fault {}

    /** Closes the connection after so many records of a prune; they are gone, and no others. */
    record CutPrune(int afterRecords) implements Fault {}

    /** Stops in a prune after so many records, and leaves the connection open. */
    record StalledPrune(int afterRecords) implements Fault {}

    /** Takes so long over each record of a prune. */
    record SlowPrune(Duration perRecord) implements Fault {}

    /** Reports success of prunes and deletes nothing. */
    record PruneDeletesNothing() implements Fault {}

    /** What a lying engine says. */
    enum Lie {
        /** Leaves out what is always there. */
        MISSING_KEYS,
        /** Sizes beyond 64 bits over HTTP and negative ones over gRPC, negative counts. */
        NUMBERS_OUT_OF_RANGE,
        /** A type that no BuildKit has. */
        UNKNOWN_TYPES,
        /** Times that were never set. */
        YEAR_ONE,
        /** Every record twice. */
        REPEATED_IDS
    }
}
