/** Looking at pages with a real browser: Debian's Chromium, driven by Playwright. */
@NullMarked
package dev.cachewarden.testing.browser;

import org.jspecify.annotations.NullMarked;
