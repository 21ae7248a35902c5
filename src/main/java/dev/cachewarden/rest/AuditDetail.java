package dev.cachewarden.rest;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The text that the audit log entry of a request shows in addition to its action and subject. */
public final class AuditDetail {

    private static final String ATTRIBUTE = "cachewarden.audit-detail";

    private AuditDetail() {}

    /** Sets the detail of a request. It must never contain a secret. */
    public static void set(HttpServletRequest request, String detail) {
        request.setAttribute(ATTRIBUTE, detail);
    }

    /** Returns the detail of a request, or null if it has none. */
    public static @Nullable String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String detail ? detail : null;
    }
}
