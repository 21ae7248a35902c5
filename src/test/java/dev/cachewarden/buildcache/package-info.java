/** Tests of the words of the field, and records to test others with. */
@NullMarked
package dev.cachewarden.buildcache;

import org.jspecify.annotations.NullMarked;
