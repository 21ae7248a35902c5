package dev.cachewarden.rest;

import dev.cachewarden.store.StoreProblem;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.BindingResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Describes each kind of failure of a request as a problem. */
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final String RETRY_AFTER_SECONDS = "30";

    private Problems() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            case InvalidInputException e -> Problem.invalid(e.problems());
            case NotFoundException e -> Problem.of(404, "not-found", "Not found", message(e));
            case ConflictException e -> Problem.of(409, "conflict", "Conflict", message(e));
            case OptimisticLockingFailureException e ->
                Problem.of(
                        409,
                        "conflict",
                        "Conflict",
                        "Another user changed this resource after you loaded it. Your changes were not saved."
                                + " Reload and try again.");
            case PessimisticLockingFailureException e -> busy(e);
            case BusyException e ->
                Problem.of(503, "busy", "Busy", message(e)).withHeader("Retry-After", RETRY_AFTER_SECONDS);
            case HttpMessageNotReadableException e -> UnreadableBody.problem(e);
            case RequestRejectedException e -> rejected(e);
            case DataIntegrityViolationException e -> unstorable(e);
            case BindingResult e -> Problem.invalid(fieldErrors(e));
            case HandlerMethodValidationException e -> Problem.invalid(parameterErrors(e));
            case ConstraintViolationException e -> Problem.invalid(violations(e));
            case MethodArgumentTypeMismatchException e -> Problem.invalid(e.getName(), mismatch(e));
            case MissingServletRequestParameterException e ->
                Problem.invalid(e.getParameterName(), "is missing from the query");
            case InvalidParameterException e -> Problem.invalid("body", "is not a valid form");
            case MissingRequestHeaderException e -> Problem.invalid(e.getHeaderName(), "is missing from the headers");
            default -> ofHttp(failure);
        };
    }

    /** Describes a rejection by the firewall of Spring Security, which names the invalid part only in its message. */
    static Problem rejected(RequestRejectedException e) {
        var message = message(e);
        var part = Stream.of("header", "parameter", "method", "hostname", "server name")
                .filter(message::contains)
                .findFirst()
                .orElse("path");
        return Problem.invalid(part, "contains characters that are not allowed");
    }

    /** Detects two errors of PostgreSQL: a character that is not in the repertoire, and an untranslatable character. */
    private static Problem unstorable(DataIntegrityViolationException e) {
        return e.getMostSpecificCause() instanceof SQLException sql
                        && List.of("22021", "22P05").contains(String.valueOf(sql.getSQLState()))
                ? Problem.invalid("input", "contains a character that cannot be stored, such as NUL (U+0000)")
                : internal(e);
    }

    private static Problem busy(PessimisticLockingFailureException e) {
        log.warn("A request failed because another request changed the same rows", e);
        return Problem.of(
                        503,
                        "busy",
                        "Busy",
                        "Another request changed the same data at the same time. Not all changes were saved. Repeat"
                                + " the request.")
                .withHeader("Retry-After", "1");
    }

    private static Problem ofHttp(Throwable failure) {
        return switch (failure) {
            case NoResourceFoundException e ->
                notThere("/" + e.getResourcePath().replaceFirst("^/", ""));
            case NoHandlerFoundException e -> notThere(e.getRequestURL());
            case HttpRequestMethodNotSupportedException e -> methodNotAllowed(e);
            case HttpMediaTypeNotAcceptableException e ->
                Problem.of(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "No media type in the Accept header is supported. Supported types: "
                                + names(e.getSupportedMediaTypes()) + ".");
            case HttpMediaTypeNotSupportedException e ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "Unsupported media type",
                        "A body of type " + e.getContentType() + " is not supported. Send "
                                + (e.getSupportedMediaTypes().isEmpty()
                                        ? "another type, such as application/octet-stream"
                                        : names(e.getSupportedMediaTypes()))
                                + ".");
            case ErrorResponse e -> ofStatus(e, failure);
            default -> internal(failure);
        };
    }

    /** Describes a status that a filter or the server set without an exception. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> Problem.of(400, "bad-request", "Bad request", "The request is malformed.");
            case 404 ->
                Problem.of(404, "not-found", "Not found", "No resource exists at this address. Check the path.");
            default -> {
                var reason = HttpStatus.resolve(status);
                var title = reason == null ? "Status " + status : reason.getReasonPhrase();
                yield Problem.of(status, slug(title), title, "The request failed with status " + status + ".");
            }
        };
    }

    static Problem notThere(String path) {
        return Problem.of(404, "not-found", "Not found", "No resource exists at " + path + ". Check the path.");
    }

    private static Problem methodNotAllowed(HttpRequestMethodNotSupportedException e) {
        var allowed = e.getSupportedMethods() == null ? "" : String.join(", ", e.getSupportedMethods());
        return Problem.of(
                        405,
                        "method-not-allowed",
                        "Method not allowed",
                        e.getMethod() + " is not allowed here. Allowed methods: "
                                + (allowed.isEmpty() ? "none" : allowed) + ".")
                .withHeader("Allow", allowed);
    }

    private static Problem ofStatus(ErrorResponse response, Throwable failure) {
        int status = response.getStatusCode().value();
        if (status >= 500) {
            return internal(failure);
        }
        var detail = response.getBody().getDetail();
        var plain = ofStatus(status);
        return detail == null ? plain : Problem.of(status, plain.slug(), plain.title(), detail);
    }

    private static Problem ofStore(StoreProblem problem, Throwable failure) {
        log.warn("A request failed: {}", problem.explanation());
        log.debug("Cause of the failed request", failure);
        return Problem.of(503, problem.slug(), problem.title(), problem.explanation())
                .withHeader("Retry-After", Long.toString(problem.retryAfter().toSeconds()));
    }

    private static Problem internal(Throwable failure) {
        var problem = StoreProblem.of(failure);
        if (problem.isPresent()) {
            return ofStore(problem.get(), failure);
        }
        var id = UUID.randomUUID().toString().substring(0, 8);
        log.error("Request failed with an internal error, ID {}", id, failure);
        return new Problem(
                500,
                "internal",
                "Internal error",
                "An internal error occurred. Search the server log for ID " + id + ".",
                List.of(),
                Map.of(),
                id);
    }

    private static List<FieldProblem> fieldErrors(BindingResult result) {
        var fields = result.getFieldErrors().stream()
                .map(e -> new FieldProblem(
                        e.getField(),
                        e.contains(TypeMismatchException.class)
                                ? mismatch(e.unwrap(TypeMismatchException.class))
                                : words(e)));
        var whole = result.getGlobalErrors().stream().map(e -> new FieldProblem(e.getObjectName(), words(e)));
        return Stream.concat(fields, whole).toList();
    }

    private static List<FieldProblem> parameterErrors(HandlerMethodValidationException e) {
        return e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldProblem(
                                Objects.requireNonNullElse(
                                        result.getMethodParameter().getParameterName(), "parameter"),
                                words(error))))
                .toList();
    }

    private static String words(MessageSourceResolvable error) {
        return Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid");
    }

    private static List<FieldProblem> violations(ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
                .map(violation -> {
                    var last = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                            .reduce((before, next) -> next);
                    return new FieldProblem(last.map(Object::toString).orElse("input"), violation.getMessage());
                })
                .toList();
    }

    private static String mismatch(TypeMismatchException e) {
        var type = e.getRequiredType();
        if (type != null && type.isEnum()) {
            return "'" + e.getValue() + "' is not valid; use one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        return "'" + e.getValue() + "' is not " + UnreadableBody.expected(type);
    }

    private static String names(List<MediaType> types) {
        return types.isEmpty()
                ? "none"
                : types.stream().map(MediaType::toString).collect(Collectors.joining(", "));
    }

    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static String message(Throwable e) {
        return Objects.requireNonNullElse(e.getMessage(), "");
    }
}
