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

/** The one place where a failure within a controller becomes an answer. */
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
            // Half a CSV is out already: all that is left is to break it off, so that nobody takes it for whole.
            throw new IllegalStateException("Failed after the answer had begun", failure);
        }
        store.ifAvailable(watch -> watch.report(failure));
        return ProblemAnswer.to(request, response, Problems.of(failure));
    }

    /** The caller has gone; there is nobody to tell. */
    @ExceptionHandler
    void leave(AsyncRequestNotUsableException gone) {}

    /** Left to the security filters, which know what is missing. */
    @ExceptionHandler
    void passOn(AccessDeniedException denied) {
        throw denied;
    }

    /** Left to the security filters, which know how to ask for a login. */
    @ExceptionHandler
    void passOn(AuthenticationException unknown) {
        throw unknown;
    }
}
