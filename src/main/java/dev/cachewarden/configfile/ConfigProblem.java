package dev.cachewarden.configfile;

import dev.cachewarden.rest.FieldProblem;

/**
 * An error in a configuration file.
 *
 * @param line line number from 1, or 0 if the error concerns the whole file
 * @param at path of the value, such as {@code policies[2].rules[0].unusedFor}; empty if the error concerns the whole file
 * @param reason text that continues the path
 */
public record ConfigProblem(int line, String at, String reason) {

    /** Returns an error that concerns the whole file. */
    public static ConfigProblem ofFile(String reason) {
        return new ConfigProblem(0, "", reason);
    }

    /** Returns the error as a field error of a request with the file as its body. */
    public FieldProblem toFieldProblem() {
        return new FieldProblem(at.isEmpty() ? "file" : at, line == 0 ? reason : "line " + line + ": " + reason);
    }

    /** Returns the error as text for the log. */
    @Override
    public String toString() {
        String place = line == 0 ? "" : "line " + line + (at.isEmpty() ? " " : ", ");
        return place + at + (at.isEmpty() ? "" : " ") + reason;
    }
}
