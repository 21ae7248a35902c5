package dev.cachewarden.build.step;

import com.google.re2j.Pattern;

/**
 * One rule for the class of a step.
 *
 * @param reason goes on after what matched, such as {@code installs packages of the operating system}
 */
record StepRule(Where where, Pattern pattern, StepClass stepClass, String reason) {

    /** What the pattern is held against. */
    enum Where {
        /** The beginning of any command of a RUN. */
        RUN,
        /** Each source, whole, of a COPY or ADD from the context or an address. */
        COPY,
        /** Each source, whole, of a COPY from another stage or image. */
        COPY_FROM,
        /** Any part of the text of any instruction. */
        TEXT
    }
}
