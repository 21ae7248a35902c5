/** Contains the pages for builds: the list of builds, one build with its steps, and analytics of many builds. */
@NullMarked
package dev.cachewarden.dashboard.build;

import org.jspecify.annotations.NullMarked;
