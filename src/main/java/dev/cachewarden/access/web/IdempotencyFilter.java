package dev.cachewarden.access.web;

import dev.cachewarden.access.IdempotentRequests;
import dev.cachewarden.access.IdempotentRequests.CallerKey;
import dev.cachewarden.access.IdempotentRequests.Response;
import dev.cachewarden.access.IdempotentRequests.Use;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.IdempotencyKey;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Repeats the first response to a request that is repeated with the same {@code Idempotency-Key}, so that no controller can omit it. Runs
 * after the security filters, so a request without sufficient rights never gets here.
 */
@Component
final class IdempotencyFilter extends OncePerRequestFilter {

    private static final int LARGEST_BODY = 1 << 20;

    private final IdempotentRequests requests;

    IdempotencyFilter(IdempotentRequests requests) {
        this.requests = requests;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(IdempotencyKey.HEADER) == null
                || !IdempotencyKey.storesResponse(request.getMethod(), request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CallerKey key;
        try {
            key = key(request);
        } catch (InvalidInputException e) {
            AccessProblems.answer(request, response, Problem.of(e));
            return;
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            AccessProblems.answer(request, response, tooLarge());
            return;
        }
        switch (requests.claim(key, path(request), body)) {
            case Use.First first -> handle(key, new BufferedBody(request, body), response, chain);
            case Use.Different different ->
                refuse(
                        request,
                        response,
                        "This Idempotency-Key was already used for a different request. Use a new key for each request.");
            case Use.Unfinished unfinished ->
                refuse(
                        request,
                        response,
                        "A request with this Idempotency-Key has not ended, or it was interrupted. Check its result"
                                + " before you send it again with a new key.");
            case Use.Repeated repeated -> repeat(repeated.response(), request, response);
        }
    }

    private static CallerKey key(HttpServletRequest request) {
        var caller = Caller.of(request);
        return new CallerKey(
                caller.token() == null ? "user " + caller.name() : "token " + caller.token(),
                String.valueOf(IdempotencyKey.checked(request.getHeader(IdempotencyKey.HEADER))));
    }

    private static String path(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private void handle(CallerKey key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var buffered = new ContentCachingResponseWrapper(response);
        boolean succeeded = false;
        try {
            chain.doFilter(request, buffered);
            succeeded = buffered.getStatus() < 300;
            if (succeeded) {
                String body = new String(buffered.getContentAsByteArray(), StandardCharsets.UTF_8);
                requests.finish(
                        key,
                        new Response(
                                buffered.getStatus(),
                                buffered.getHeader(HttpHeaders.LOCATION),
                                buffered.getContentType(),
                                IdempotencyKey.isSecret(request) ? null : body));
            }
        } finally {
            if (!succeeded) {
                requests.release(key);
            }
        }
        buffered.copyBodyToResponse();
    }

    private static void repeat(Response first, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (first.body() == null) {
            refuse(
                    request,
                    response,
                    "This Idempotency-Key already created " + first.location()
                            + ". Cachewarden does not store the secret in the response. Use a new key to create another one.");
            return;
        }
        response.setStatus(first.status());
        if (first.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, first.location());
        }
        if (first.contentType() != null) {
            response.setContentType(first.contentType());
        }
        response.getOutputStream().write(first.body().getBytes(StandardCharsets.UTF_8));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String reason)
            throws ServletException, IOException {
        AccessProblems.answer(request, response, Problem.of(new ConflictException(reason)));
    }

    private static Problem tooLarge() {
        return Problem.of(
                413,
                "too-large",
                "Too large",
                "A request with an Idempotency-Key must be at most " + LARGEST_BODY + " bytes.");
    }
}
