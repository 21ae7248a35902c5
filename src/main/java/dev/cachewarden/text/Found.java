package dev.cachewarden.text;

/**
 * A part of a text to redact.
 *
 * @param what its kind in one word, which replaces it
 */
record Found(int from, int to, String what) {}
