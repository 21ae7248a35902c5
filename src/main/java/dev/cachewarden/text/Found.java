package dev.cachewarden.text;

/**
 * A part of a text that is to go.
 *
 * @param what it is, in one word; stands in its place
 */
record Found(int from, int to, String what) {}
