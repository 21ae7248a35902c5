package dev.cachewarden.testing.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For test classes that need Chromium: a method's parameter of type {@link Look} opens pages in it. Without Chromium they are skipped
 * with a printed reason, and fail where {@code CACHEWARDEN_REQUIRE} names {@code browser}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("browser")
@ExtendWith(BrowserExtension.class)
public @interface RealBrowser {}
