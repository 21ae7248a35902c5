package dev.cachewarden.build.steps;

import com.google.re2j.Pattern;

/**
 * A rule for the class of a step.
 *
 * @param reason text that follows the matched text, such as {@code installs operating system packages}
 */
record StepRule(Where where, Pattern pattern, StepClass stepClass, String reason) {

    /** The text that the pattern is compared with. */
    enum Where {
        /** The beginning of any command of a RUN. */
        RUN,
        /** Each complete source of a COPY or ADD from the build context or a URL. */
        COPY,
        /** Each complete source of a COPY from another stage or image. */
        COPY_FROM,
        /** Any part of the text of any instruction. */
        TEXT
    }
}
