/**
 * The storage of alerts, rules, and silences, the values that rules observe, and the evaluation that one replica at a time performs.
 */
@NullMarked
package dev.cachewarden.alert.store;

import org.jspecify.annotations.NullMarked;
