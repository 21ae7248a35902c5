package dev.cachewarden.rest;

import dev.cachewarden.store.StoreWatch;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Converts all failures within controllers to responses. */
@ControllerAdvice
class ProblemAdvice {

    private final ObjectProvider<StoreWatch> store;

    ProblemAdvice(ObjectProvider<StoreWatch> store) {
        this.store = store;
    }

    @ExceptionHandler
    @Nullable
    Object answer(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // Part of a CSV is sent already. Only an aborted connection shows the client that the file is incomplete.
            throw new IllegalStateException("The request failed after the response had started", failure);
        }
        store.ifAvailable(watch -> watch.report(failure));
        return ProblemAnswer.to(request, response, Problems.of(failure));
    }

    /** Ignores the failure: the client closed the connection, so no response can be sent. */
    @ExceptionHandler
    void leave(AsyncRequestNotUsableException gone) {}

    /** Rethrows the failure for the security filters, which know the missing permission. */
    @ExceptionHandler
    void passOn(AccessDeniedException denied) {
        throw denied;
    }

    /** Rethrows the failure for the security filters, which know how to request a login. */
    @ExceptionHandler
    void passOn(AuthenticationException unknown) {
        throw unknown;
    }
}
