/**
 * REST for analytics, projects, and steps over builds.
 */
@NullMarked
package dev.cachewarden.analytics.web;

import org.jspecify.annotations.NullMarked;
