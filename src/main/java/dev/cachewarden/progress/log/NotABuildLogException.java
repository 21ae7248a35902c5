package dev.cachewarden.progress.log;

/** Something was to be read as the log of a build, and is none. The message tells who sent it what it is instead and what was expected. */
public final class NotABuildLogException extends RuntimeException {

    NotABuildLogException(String message) {
        super(message);
    }
}
