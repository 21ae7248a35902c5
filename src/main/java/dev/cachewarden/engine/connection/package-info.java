/**
 * What both transports to a host share: TLS from PEM files, and failures told as trouble that a person can mend.
 */
@NullMarked
package dev.cachewarden.engine.connection;

import org.jspecify.annotations.NullMarked;
