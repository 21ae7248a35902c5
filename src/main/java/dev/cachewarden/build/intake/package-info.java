/**
 * The ingestion of builds: from the build history of builders, which it follows in real time, and from logs. All builds pass through this
 * package, which removes data that must not be stored, and determines the project of
 * a build. No other module may use it: its named interface is in no list.
 */
@NamedInterface("intake")
@NullMarked
package dev.cachewarden.build.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
