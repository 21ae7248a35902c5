package dev.cachewarden.progress.log;

/** Thrown when a file is not a build log. The message for the user states what the file is and what was expected. */
public final class NotABuildLogException extends RuntimeException {

    NotABuildLogException(String message) {
        super(message);
    }
}
