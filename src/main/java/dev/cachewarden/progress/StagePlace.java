package dev.cachewarden.progress;

import org.jspecify.annotations.Nullable;

/**
 * The place of an instruction, from the name of its vertex. {@code [build 2/5] RUN make} is the second of five instructions of a stage,
 * {@code [build  2/12]} the second of twelve.
 *
 * @param stage name, with the platform if there are several; empty if it has no name
 * @param place from 1
 * @param last place of the stage's last instruction
 */
record StagePlace(String stage, int place, int last) {

    /**
     * A stage of a certain length. Different Dockerfiles, or one with different arguments, may have stages with the same name; often their
     * lengths differ.
     *
     * @param name with the platform; empty if it has none
     * @param length number of its instructions
     */
    record Stage(String name, int length) {

        /** Returns the name without the platform, as used by instructions that copy from the stage. */
        String plainName() {
            int blank = name.lastIndexOf(' ');
            return blank < 0 && name.indexOf('/') >= 0 ? "" : name.substring(blank + 1);
        }
    }

    Stage key() {
        return new Stage(stage, last);
    }

    private static final int MOST_DIGITS = 4;

    /** Returns the place, or null if the vertex is not an instruction of a stage. */
    static @Nullable StagePlace of(String name) {
        int end = name.startsWith("[") ? name.indexOf(']') : -1;
        if (end < 0) {
            return null;
        }
        int from = name.lastIndexOf(' ', end) + 1;
        int slash = name.indexOf('/', from);
        int number = from == 0 ? 1 : from;
        if (slash <= number || slash >= end || slash - number > MOST_DIGITS) {
            return null;
        }
        boolean places = digits(name, number, slash) && digits(name, slash + 1, end) && end - slash - 1 <= MOST_DIGITS;
        return places
                ? new StagePlace(
                        from == 0 ? "" : name.substring(1, from - 1).stripTrailing(),
                        Integer.parseInt(name.substring(number, slash)),
                        Integer.parseInt(name.substring(slash + 1, end)))
                : null;
    }

    private static boolean digits(String name, int from, int to) {
        return from < to && name.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
