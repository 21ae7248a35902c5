/**
 * The OpenAPI document of the REST API. springdoc derives it from the controllers and their Javadoc. This package adds what Java does not
 * express: names and descriptions, required properties, error responses, and authentication.
 */
@NullMarked
package dev.cachewarden.rest.openapi;

import org.jspecify.annotations.NullMarked;
