/**
 * Pages of plans and runs. They decide only how much a user has to type before a plan runs.
 */
@NullMarked
package dev.cachewarden.dashboard.run;

import org.jspecify.annotations.NullMarked;
