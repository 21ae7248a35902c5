package dev.cachewarden.run;

/** The method that a run used to delete records. */
public enum DeletionMethod {
    CONTROL,
    HTTP_ONE_BY_ONE;

    /** Returns the text that pages show. */
    public String text() {
        return switch (this) {
            case CONTROL -> "BuildKit Control.Prune, by exact IDs";
            case HTTP_ONE_BY_ONE -> "Engine HTTP API, one record at a time, because BuildKit is unreachable over gRPC";
        };
    }
}
