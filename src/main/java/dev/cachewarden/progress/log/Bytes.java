package dev.cachewarden.progress.log;

/** A stage that bytes pass through on their way from an upload to lines. */
interface Bytes {

    /** Takes some; keeps no reference to the array. */
    void take(byte[] bytes, int offset, int length);

    /** No more will come. */
    void end();
}
