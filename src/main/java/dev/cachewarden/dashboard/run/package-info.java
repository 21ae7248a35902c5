/** The pages of plans, which show exactly what would go, and of runs, which show what went. */
@NullMarked
package dev.cachewarden.dashboard.run;

import org.jspecify.annotations.NullMarked;
