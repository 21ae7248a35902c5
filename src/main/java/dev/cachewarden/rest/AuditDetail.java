package dev.cachewarden.rest;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What the entry of a request in the audit log says beside its action and subject. */
public final class AuditDetail {

    private static final String ATTRIBUTE = "cachewarden.audit-detail";

    private AuditDetail() {}

    /** Sets it for a request; never a secret. */
    public static void set(HttpServletRequest request, String detail) {
        request.setAttribute(ATTRIBUTE, detail);
    }

    /** Returns it, or null if there is none. */
    public static @Nullable String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String detail ? detail : null;
    }
}
