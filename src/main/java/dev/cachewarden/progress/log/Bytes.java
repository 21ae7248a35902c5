package dev.cachewarden.progress.log;

/** A processing stage of the bytes between an upload and its lines. */
interface Bytes {

    /** Processes bytes; keeps no reference to the array. */
    void take(byte[] bytes, int offset, int length);

    /** Ends the input. */
    void end();
}
