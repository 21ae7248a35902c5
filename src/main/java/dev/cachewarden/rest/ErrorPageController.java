package dev.cachewarden.rest;

import dev.cachewarden.store.StoreWatch;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Responds to failures outside of the controllers: in a filter, or in the server itself. */
@Controller
class ErrorPageController implements ErrorController {

    private final ObjectProvider<StoreWatch> store;

    ErrorPageController(ObjectProvider<StoreWatch> store) {
        this.store = store;
    }

    @RequestMapping(Problem.PAGE)
    Object answer(HttpServletRequest request, HttpServletResponse response) {
        return ProblemAnswer.to(request, response, problem(request));
    }

    private Problem problem(HttpServletRequest request) {
        if (request.getAttribute(Problem.ATTRIBUTE) instanceof Problem given) {
            return given;
        }
        if (failure(request) instanceof Throwable failure) {
            store.ifAvailable(watch -> watch.report(failure));
            return Problems.of(failure);
        }
        // Without a status, a user opened the error page directly.
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? Problems.ofStatus(status)
                : Problems.notThere(request.getRequestURI());
    }

    private static @Nullable Throwable failure(HttpServletRequest request) {
        var thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        return thrown instanceof Exception e && e.getCause() != null ? e.getCause() : (Throwable) thrown;
    }
}
