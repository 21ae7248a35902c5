/** Code that both transports to a host share: TLS from PEM files, and failures as problems that a user can fix. */
@NullMarked
package dev.cachewarden.engine.connection;

import org.jspecify.annotations.NullMarked;
