package dev.cachewarden.configfile;

import dev.cachewarden.rest.FieldProblem;

/**
 * What is wrong with a place of a configuration file.
 *
 * @param line from 1; 0: it is about the whole file
 * @param at such as {@code policies[2].rules[0].unusedFor}; empty: it is about the whole file
 * @param reason goes on after the place
 */
public record ConfigProblem(int line, String at, String reason) {

    /** One about the whole file. */
    public static ConfigProblem ofFile(String reason) {
        return new ConfigProblem(0, "", reason);
    }

    /** The same as a problem of a request that had the file as its body. */
    public FieldProblem toFieldProblem() {
        return new FieldProblem(at.isEmpty() ? "file" : at, line == 0 ? reason : "line " + line + ": " + reason);
    }

    /** As a log tells it. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : "line " + line + (at.isEmpty() ? " " : ", ");
        return place + at + (at.isEmpty() ? "" : " ") + reason;
    }
}
