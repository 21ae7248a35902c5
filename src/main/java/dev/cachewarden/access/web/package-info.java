/** Authentication and authorization of HTTP requests, and the responses to requests without sufficient rights. */
@NullMarked
package dev.cachewarden.access.web;

import org.jspecify.annotations.NullMarked;
